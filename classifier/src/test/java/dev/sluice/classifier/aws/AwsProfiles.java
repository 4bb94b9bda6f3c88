package dev.sluice.classifier.aws;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Profiles in DynamoDB's protocol, and what answers it. */
public final class AwsProfiles implements AutoCloseable {
    private final FakeAws aws = new FakeAws();
    private final ExecutorService requests = Executors.newFixedThreadPool(8);
    private final DynamoDbClient client = AwsClients.dynamoDb(aws.endpoint());
    private final DynamoDbProfiles profiles =
            new DynamoDbProfiles(client, FakeAws.TABLE, requests, Duration.ofMinutes(2));

    public DynamoDbProfiles profiles() {
        return profiles;
    }

    @Override
    public void close() {
        client.close();
        requests.shutdownNow();
        aws.close();
    }
}
