package dev.sluice.local.drills;

import dev.sluice.local.eventsource.KinesisShards;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.eventsource.ShardConsumer;
import dev.sluice.local.eventsource.ShardReader;
import dev.sluice.local.eventsource.ShardWorkers;
import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A consumer of the event stream that remembers what it saw. Begins at the oldest record. Thread-safe. */
final class Witness implements AutoCloseable {
    private static final int RECORDS_A_READ = 5_000;
    private static final int MAX_UNPACKED = 64 << 20;

    private final Map<String, Integer> timesSeen = new ConcurrentHashMap<>();
    private final Map<Integer, List<Seen>> bySlot = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Lag> lags = new ConcurrentLinkedQueue<>();
    private final ShardWorkers<Record> workers;

    /** One record: the shard that it was in, between which times its events were received, and whether all came before. */
    record Seen(String shard, Instant earliest, Instant latest, boolean again) {}

    /** How long after its receipt by the tracker an event was read. */
    record Lag(Instant readAt, Duration lag) {}

    private Witness(KinesisClient kinesis, String stream, ReadPace pace) {
        workers = ShardWorkers.start(new ShardWorkers.Work<>(
                "witness", new KinesisShards(kinesis, stream), pace, RECORDS_A_READ, shard -> new Reader(shard.id())));
    }

    static Witness of(KinesisClient kinesis, String stream, ReadPace pace) {
        return new Witness(kinesis, stream, pace);
    }

    /** Distinct events seen so far. */
    int events() {
        return timesSeen.size();
    }

    boolean sawAll(Collection<String> ids) {
        return timesSeen.keySet().containsAll(ids);
    }

    Set<String> unseen(Collection<String> ids) {
        return ids.stream().filter(id -> !timesSeen.containsKey(id)).collect(Collectors.toSet());
    }

    /** Repeats among these events. */
    long repeats(Collection<String> ids) {
        return ids.stream()
                .mapToLong(id -> Math.max(0, timesSeen.getOrDefault(id, 0) - 1))
                .sum();
    }

    /**
     * Records that came after one of the same slot whose events were all received later. What comes again does not count:
     * a put whose answer came too late, or was lost, is made again, and the first may still arrive.
     */
    long inversions(Instant since) {
        long inversions = 0;
        for (List<Seen> records : bySlot.values()) {
            Instant latestBegin = Instant.MIN;
            for (Seen record : records) {
                if (record.again() || record.earliest().isBefore(since)) {
                    continue;
                }
                inversions += record.latest().isBefore(latestBegin) ? 1 : 0;
                latestBegin = record.earliest().isAfter(latestBegin) ? record.earliest() : latestBegin;
            }
        }
        return inversions;
    }

    /** The shards in which a slot's records of a time were. */
    Map<Integer, Set<String>> shardsBySlot(Instant since, Instant until) {
        Map<Integer, Set<String>> shards = new HashMap<>();
        bySlot.forEach((slot, records) -> {
            Set<String> its = records.stream()
                    .filter(it -> it.earliest().isAfter(since) && it.latest().isBefore(until))
                    .map(Seen::shard)
                    .collect(Collectors.toSet());
            if (!its.isEmpty()) {
                shards.put(slot, its);
            }
        });
        return shards;
    }

    /** The longest lag of the events that were read within a time. */
    Duration worstLag(Instant since, Instant until) {
        return lags.stream()
                .filter(it -> it.readAt().isAfter(since) && it.readAt().isBefore(until))
                .map(Lag::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How long after a moment the lag was for the last time more than enough. */
    Duration lagBackWithin(Instant since, Duration enough) {
        return lags.stream()
                .filter(it -> it.readAt().isAfter(since) && it.lag().compareTo(enough) > 0)
                .map(it -> Duration.between(since, it.readAt()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        workers.close();
    }

    private final class Reader implements ShardConsumer<Record> {
        private final String shard;

        Reader(String shard) {
            this.shard = shard;
        }

        @Override
        public void accept(ShardReader.Page<Record> page) {
            page.records().forEach(this::see);
        }

        private void see(Record record) {
            Instant now = Instant.now();
            List<Event> events = LineBatch.decode(record.data().asByteArrayUnsafe(), MAX_UNPACKED).stream()
                    .map(EventJson::read)
                    .toList();
            Instant earliest = Instant.MAX;
            Instant latest = Instant.MIN;
            boolean again = true;
            for (Event event : events) {
                again &= timesSeen.merge(event.id(), 1, Integer::sum) > 1;
                earliest = event.receivedAt().isBefore(earliest) ? event.receivedAt() : earliest;
                latest = event.receivedAt().isAfter(latest) ? event.receivedAt() : latest;
            }
            lags.add(new Lag(now, Duration.between(earliest, now)));
            int slot = Integer.parseInt(record.partitionKey());
            bySlot.computeIfAbsent(slot, any -> java.util.Collections.synchronizedList(new ArrayList<>()))
                    .add(new Seen(shard, earliest, latest, again));
        }

        @Override
        public Duration patience() {
            return ANY;
        }
    }
}
