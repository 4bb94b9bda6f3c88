package dev.sluice.activators.aws;

import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The AWS clients that the functions here use, with their timeouts. Region, keys and endpoints are the SDK's own affair. */
public final class AwsClients {
    /** One call with the SDK's own retries: the time that a function must still have before it makes one. */
    public static final Duration CALL = Duration.ofSeconds(5);

    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private AwsClients() {}

    /** For the activations stream. */
    public static KinesisClient kinesis() {
        return KinesisClient.builder()
                .httpClient(http())
                .overrideConfiguration(timeouts())
                .build();
    }

    /** For the ledger and the table of profiles. */
    public static DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder()
                .httpClient(http())
                .overrideConfiguration(timeouts())
                .build();
    }

    /** For what is set aside. */
    public static S3Client s3(boolean pathStyle) {
        return S3Client.builder()
                .httpClient(http())
                .overrideConfiguration(timeouts())
                .forcePathStyle(pathStyle)
                .build();
    }

    private static SdkHttpClient http() {
        return ApacheHttpClient.builder()
                .maxConnections(48)
                .connectionTimeout(Duration.ofSeconds(1))
                .connectionAcquisitionTimeout(Duration.ofSeconds(2))
                .socketTimeout(ATTEMPT)
                .build();
    }

    private static ClientOverrideConfiguration timeouts() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(ATTEMPT)
                .build();
    }
}
