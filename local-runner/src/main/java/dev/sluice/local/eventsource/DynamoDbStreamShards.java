package dev.sluice.local.eventsource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The shards of a table's stream, read with GetRecords. */
final class DynamoDbStreamShards implements ShardSource<Record> {
    private static final int MOST_PAGES = 100;
    /** DynamoDB's own limit of one GetRecords. */
    private static final int MOST_RECORDS = 1_000;

    private final DynamoDbStreamsClient streams;
    private final String streamArn;

    DynamoDbStreamShards(DynamoDbStreamsClient streams, String streamArn) {
        this.streams = streams;
        this.streamArn = streamArn;
    }

    @Override
    public List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        var request = DescribeStreamRequest.builder().streamArn(streamArn).build();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            StreamDescription page = streams.describeStream(request).streamDescription();
            page.shards().stream().map(DynamoDbStreamShards::shard).forEach(shards::add);
            String last = page.lastEvaluatedShardId();
            if (last == null) {
                return shards;
            }
            request = request.toBuilder().exclusiveStartShardId(last).build();
        }
        throw new IllegalStateException(streamArn + " has more than " + MOST_PAGES + " pages of shards");
    }

    private static Shard shard(software.amazon.awssdk.services.dynamodb.model.Shard shard) {
        String parent = shard.parentShardId();
        return new Shard(shard.shardId(), parent == null ? Set.of() : Set.of(parent));
    }

    @Override
    public ShardReader<Record> open(String shardId) {
        return new Reader(shardId);
    }

    private final class Reader implements ShardReader<Record> {
        private final String shardId;
        private @Nullable String iterator;
        private @Nullable String last;

        Reader(String shardId) {
            this.shardId = shardId;
        }

        @Override
        public Page<Record> read(int limit) {
            String from = iterator == null ? freshIterator() : iterator;
            int most = Math.min(limit, MOST_RECORDS);
            GetRecordsResponse response;
            try {
                response = streams.getRecords(it -> it.shardIterator(from).limit(most));
            } catch (SdkException failed) {
                // An iterator lives fifteen minutes, and none outlives its server: the next read makes its own.
                iterator = null;
                throw failed;
            }
            iterator = response.nextShardIterator();
            List<Record> records = response.records();
            if (!records.isEmpty()) {
                last = records.getLast().dynamodb().sequenceNumber();
            }
            // These streams do not say how far behind a reader is; a full page says that there is more.
            return new Page<>(records, Duration.ZERO, records.size() >= most, iterator == null);
        }

        private String freshIterator() {
            var request = GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shardId);
            var positioned = last == null
                    ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                    : request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .sequenceNumber(last);
            return streams.getShardIterator(positioned.build()).shardIterator();
        }
    }
}
