package dev.sluice.local.eventsource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The shards of a Kinesis stream, read with GetRecords. */
public final class KinesisShards implements ShardSource<Record> {
    private static final int MOST_PAGES = 100;
    /** Kinesis's own limit of one GetRecords. */
    private static final int MOST_RECORDS = 10_000;

    private final KinesisClient kinesis;
    private final String stream;

    public KinesisShards(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    @Override
    public List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        ListShardsResponse page = kinesis.listShards(it -> it.streamName(stream));
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            page.shards().stream().map(KinesisShards::shard).forEach(shards::add);
            String next = page.nextToken();
            if (next == null) {
                return shards;
            }
            page = kinesis.listShards(
                    ListShardsRequest.builder().nextToken(next).build());
        }
        throw new IllegalStateException(stream + " has more than " + MOST_PAGES + " pages of shards");
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
        Set<String> parents = Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(parent -> parent != null && !parent.isEmpty())
                .collect(Collectors.toSet());
        return new Shard(shard.shardId(), parents);
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
            GetRecordsResponse response;
            try {
                response = kinesis.getRecords(it -> it.shardIterator(from).limit(Math.min(limit, MOST_RECORDS)));
            } catch (SdkException failed) {
                // An iterator lives five minutes, and none outlives its server: the next read makes its own.
                iterator = null;
                throw failed;
            }
            iterator = response.nextShardIterator();
            List<Record> records = response.records();
            if (!records.isEmpty()) {
                last = records.getLast().sequenceNumber();
            }
            Long behind = response.millisBehindLatest();
            long millis = behind == null ? 0 : behind;
            return new Page<>(
                    records, Duration.ofMillis(millis), millis > 0 || records.size() >= limit, iterator == null);
        }

        private String freshIterator() {
            var request = GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
            var positioned = last == null
                    ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                    : request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .startingSequenceNumber(last);
            return kinesis.getShardIterator(positioned.build()).shardIterator();
        }
    }
}
