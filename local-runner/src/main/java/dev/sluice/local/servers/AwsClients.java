package dev.sluice.local.servers;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Real AWS SDK clients that talk to the servers of this machine. The credentials are placeholders that no server
 * checks. Thread-safe; closing it closes every client.
 */
public final class AwsClients implements AutoCloseable {
    /** The Region that every server and program of this machine uses. */
    public static final Region REGION = Region.US_EAST_1;
    /** The AWS account of everything on this machine. */
    public static final String ACCOUNT = "000000000000";

    static final String KEY = "local";

    private static final int MAX_CONNECTIONS = 256;

    private final SdkHttpClient http;
    private final KinesisClient kinesis;
    private final DynamoDbClient dynamoDb;
    private final DynamoDbStreamsClient dynamoDbStreams;
    private final S3Client s3;

    /** Clients for servers at these endpoints. */
    public AwsClients(URI kinesisAt, URI dynamoDbAt, URI s3At) {
        http = ApacheHttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                // The caller's proxy does not know this machine's ports.
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useEnvironmentVariableValues(false)
                        .useSystemPropertyValues(false)
                        .build())
                .build();
        AwsCredentialsProvider key = StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY));
        kinesis = KinesisClient.builder()
                .endpointOverride(kinesisAt)
                .region(REGION)
                .credentialsProvider(key)
                .httpClient(http)
                .build();
        dynamoDb = DynamoDbClient.builder()
                .endpointOverride(dynamoDbAt)
                .region(REGION)
                .credentialsProvider(key)
                .httpClient(http)
                .build();
        dynamoDbStreams = DynamoDbStreamsClient.builder()
                .endpointOverride(dynamoDbAt)
                .region(REGION)
                .credentialsProvider(key)
                .httpClient(http)
                .build();
        s3 = S3Client.builder()
                .endpointOverride(s3At)
                .region(REGION)
                .credentialsProvider(key)
                .forcePathStyle(true)
                .httpClient(http)
                .build();
    }

    public KinesisClient kinesis() {
        return kinesis;
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public DynamoDbStreamsClient dynamoDbStreams() {
        return dynamoDbStreams;
    }

    public S3Client s3() {
        return s3;
    }

    /** What a child process's own SDK needs to find its Region and the placeholder credentials. */
    public static Map<String, String> environment() {
        return Map.of(
                "AWS_REGION",
                REGION.id(),
                "AWS_DEFAULT_REGION",
                REGION.id(),
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                KEY,
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        dynamoDbStreams.close();
        s3.close();
        http.close();
    }
}
