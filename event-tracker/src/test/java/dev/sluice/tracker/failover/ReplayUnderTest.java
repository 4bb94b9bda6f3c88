package dev.sluice.tracker.failover;

import dev.sluice.model.Codec;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.memory.MemoryEventSink;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A replay over a lake and a stream in memory, with a clock that is set and pauses that are noted.
 */
final class ReplayUnderTest {
    static final String OWN = "failover/2026/11/21/12/10.0.0.7-a.gz";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

    final MemoryLakeBucket bucket = new MemoryLakeBucket(now::get);

    final MemoryEventSink stream = new MemoryEventSink();

    final Counters counters = new Counters();

    final List<Duration> pauses = new ArrayList<>();

    final Breaker breaker = new Breaker(new Breaker.Settings(1, Duration.ofSeconds(5)), now::get);

    final FailoverReplay replay =
            replay(new BatchBounds(2, 1 << 20, Duration.ZERO, 1 << 20, 1, Codec.Format.GZIP, 6, 1, 0));

    FailoverReplay replay(BatchBounds bounds) {
        return new FailoverReplay(
                new FailoverReplay.Settings(Duration.ofSeconds(5), Duration.ofMinutes(10), 10, 1 << 10),
                bounds,
                new FailoverReplay.Ports(
                        bucket,
                        new LakeKeys("10.0.0.7", now::get, () -> "id"),
                        stream,
                        breaker,
                        now::get,
                        this::pause,
                        counters));
    }

    void pause(Duration duration) {
        pauses.add(duration);
        now.updateAndGet(instant -> instant.plus(duration));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] event(String user, int number) {
        return ("{\"v\":1,\"account\":\"demo\",\"type\":\"track\",\"messageId\":\"m" + number
                        + "\",\"event\":\"A\",\"userId\":\""
                        + user
                        + "\",\"timestamp\":\"2026-11-21T12:00:00Z\",\"receivedAt\":\"2026-11-21T12:00:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
