package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Promises: a shard is read when somebody says that there is something, and its children as soon as it has ended. */
class ShardWorkersTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final BlockingQueue<Integer> records = new LinkedBlockingQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Integer> taken = new CopyOnWriteArrayList<>();
    private final List<String> opened = new CopyOnWriteArrayList<>();

    @Test
    void aStreamThatIsToldOfIsReadAtOnce() {
        try (var workers = start()) {
            Eventually.until("the first read", () -> reads.get() == 1);
            records.add(1);
            workers.look();
            Eventually.until("the record", () -> taken.equals(List.of(1)));
            records.add(2);
            workers.look();
            Eventually.until("the next", () -> taken.equals(List.of(1, 2)));
        }
    }

    @Test
    void childrenAreReadWhenTheirParentHasEnded() {
        try (var workers = start()) {
            Eventually.until("the first read", () -> reads.get() == 1);
            assertThat(opened).containsExactly("parent");
            ended.set(true);
            workers.look();
            Eventually.until("the child", () -> opened.equals(List.of("parent", "child")));
        }
    }

    @Test
    void whoeverWaitsEndsWhenItIsClosed() {
        var workers = start();
        Eventually.until("the first read", () -> reads.get() == 1);
        workers.close();
        workers.look();
        assertThat(reads).hasValue(1);
    }

    private ShardWorkers<Integer> start() {
        ShardSource<Integer> source = new ShardSource<>() {
            @Override
            public List<Shard> shards() {
                return List.of(new Shard("parent", Set.of()), new Shard("child", Set.of("parent")));
            }

            @Override
            public ShardReader<Integer> open(String shardId) {
                opened.add(shardId);
                return limit -> read();
            }
        };
        return ShardWorkers.start(
                new ShardWorkers.Work<>("test", source, new ReadPace(LONG, Duration.ZERO), 10, shard -> consumer()));
    }

    private ShardReader.Page<Integer> read() {
        List<Integer> page = new ArrayList<>();
        records.drainTo(page);
        reads.incrementAndGet();
        return new ShardReader.Page<>(page, Duration.ZERO, false, ended.get());
    }

    private ShardConsumer<Integer> consumer() {
        return new ShardConsumer<>() {
            @Override
            public void accept(ShardReader.Page<Integer> page) {
                taken.addAll(page.records());
            }

            @Override
            public Duration patience() {
                return ANY;
            }
        };
    }
}
