package dev.sluice.local.eventsource;

import dev.sluice.local.servers.AwsClients;
import java.time.Instant;

/** Hands the stream of a DynamoDB table to a function. */
public final class DynamoDbStreamsEventSourceMapping {
    private DynamoDbStreamsEventSourceMapping() {}

    /**
     * Starts at once.
     *
     * @param table an existing table with a stream
     * @throws IllegalArgumentException if the table has no stream, or fan-out is asked for, which these streams lack
     */
    public static EventSourceMapping start(
            AwsClients clients, String table, EventSourceSettings settings, EventSourceTarget target) {
        if (settings.fanOut()) {
            throw new IllegalArgumentException("streams of DynamoDB have no fan-out: " + table);
        }
        String arn = clients.dynamoDb()
                .describeTable(it -> it.tableName(table))
                .table()
                .latestStreamArn();
        if (arn == null) {
            throw new IllegalArgumentException("the table " + table + " has no stream");
        }
        return EventSourceMapping.start(
                new EventSourceMapping.Origin(arn, "DDBStreamBatchInfo"),
                settings,
                target,
                new EventSourceMapping.Reading<>(
                        new DynamoDbStreamShards(clients.dynamoDbStreams(), arn),
                        ReadPace.DYNAMODB_STREAMS,
                        (shardId, record) -> DynamoDbEventJson.item(arn, record, Instant.now())));
    }
}
