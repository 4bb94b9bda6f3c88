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

    private AwsClients() {}

    /**
     * How long is waited.
     *
     * @param attempt for one answer
     * @param call with the SDK's own retries
     */
    record Patience(Duration attempt, Duration call) {
        static final Patience STANDARD = new Patience(Duration.ofSeconds(2), CALL);
    }

    /** For the activations stream. */
    public static KinesisClient kinesis() {
        return kinesis(Patience.STANDARD);
    }

    static KinesisClient kinesis(Patience patience) {
        return KinesisClient.builder()
                .httpClient(http(patience))
                .overrideConfiguration(timeouts(patience))
                .build();
    }

    /** For the ledger and the table of profiles. */
    public static DynamoDbClient dynamoDb() {
        return dynamoDb(Patience.STANDARD);
    }

    static DynamoDbClient dynamoDb(Patience patience) {
        return DynamoDbClient.builder()
                .httpClient(http(patience))
                .overrideConfiguration(timeouts(patience))
                .build();
    }

    /** For what is set aside. */
    public static S3Client s3(boolean pathStyle) {
        return s3(pathStyle, Patience.STANDARD);
    }

    static S3Client s3(boolean pathStyle, Patience patience) {
        return S3Client.builder()
                .httpClient(http(patience))
                .overrideConfiguration(timeouts(patience))
                .forcePathStyle(pathStyle)
                .build();
    }

    private static SdkHttpClient http(Patience patience) {
        return ApacheHttpClient.builder()
                .maxConnections(48)
                .connectionTimeout(Duration.ofSeconds(1))
                .connectionAcquisitionTimeout(Duration.ofSeconds(2))
                .socketTimeout(patience.attempt())
                .build();
    }

    private static ClientOverrideConfiguration timeouts(Patience patience) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(patience.call())
                .apiCallAttemptTimeout(patience.attempt())
                .build();
    }
}
