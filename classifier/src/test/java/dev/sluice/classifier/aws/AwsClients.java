package dev.sluice.classifier.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of a server on the loopback, with two attempts. */
final class AwsClients {
    /** For each attempt: more than any takes. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static final StaticCredentialsProvider ANYONE =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private AwsClients() {}

    static DynamoDbClient dynamoDb(URI endpoint) {
        return dynamoDb(endpoint, PATIENT);
    }

    static DynamoDbClient dynamoDb(URI endpoint, Duration timeout) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(ANYONE)
                .overrideConfiguration(config(timeout))
                .httpClientBuilder(http())
                .build();
    }

    static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(ANYONE)
                .forcePathStyle(true)
                .overrideConfiguration(config(PATIENT))
                .httpClientBuilder(http())
                .build();
    }

    private static ApacheHttpClient.Builder http() {
        return ApacheHttpClient.builder()
                .maxConnections(100)
                .connectionAcquisitionTimeout(PATIENT)
                .connectionTimeout(PATIENT)
                .socketTimeout(PATIENT);
    }

    private static ClientOverrideConfiguration config(Duration timeout) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(timeout)
                .apiCallTimeout(timeout.multipliedBy(2))
                .retryStrategy(retry -> retry.maxAttempts(2))
                .build();
    }
}
