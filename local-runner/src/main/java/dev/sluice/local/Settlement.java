package dev.sluice.local;

import dev.sluice.local.chaos.Chaos;
import dev.sluice.local.eventsource.EventSourceCounters;
import dev.sluice.local.eventsource.EventSourceMapping;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Waits until what was sent has gone its whole way: nothing unread, nothing under way, nothing waiting in S3. */
final class Settlement {
    /** Longer than any idle poll of the house, so that what lies unread is seen. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    /** A slow machine may have much to catch up with. */
    private static final Duration MOST = Duration.ofMinutes(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final House house;

    Settlement(House house) {
        this.house = house;
    }

    /**
     * True if everything came to rest; then the lake holds everything too. False if nothing more was processed for so
     * long, or if it took longer than {@link #MOST}.
     */
    boolean await(Duration patience) {
        long begun = System.nanoTime();
        long progress = begun;
        long processed = -1;
        List<EventSourceCounters> seen = List.of();
        long quietSince = begun;
        while (System.nanoTime() - progress < patience.toNanos() && System.nanoTime() - begun < MOST.toNanos()) {
            List<EventSourceCounters> now = counters();
            if (processed(now) != processed) {
                processed = processed(now);
                progress = System.nanoTime();
            }
            if (!now.equals(seen) || !atRest(now) || !rowsAreCarried() || !chaosIsOver()) {
                seen = now;
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince >= QUIET.toNanos() && lakeHasAll() && nothingWaitsInS3()) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private List<EventSourceCounters> counters() {
        return Stream.of(house.dispatching(), house.propagating(), house.activating())
                .map(EventSourceMapping::counters)
                .toList();
    }

    private static long processed(List<EventSourceCounters> counters) {
        return counters.stream()
                .mapToLong(c -> c.recordsDone() + c.recordsGivenUp())
                .sum();
    }

    private static boolean atRest(List<EventSourceCounters> counters) {
        return counters.stream().allMatch(c -> c.recordsRead() == c.recordsDone() + c.recordsGivenUp());
    }

    private boolean rowsAreCarried() {
        var calls = house.rowChanges().counters();
        return calls.taken() == calls.done() + calls.givenUp();
    }

    /** Batches that were held back or repeated are on no mapping's account. */
    private boolean chaosIsOver() {
        return house.chaos().map(Chaos::atRest).orElse(true);
    }

    /** Firehose reads the same stream as the dispatcher, once a second. */
    private boolean lakeHasAll() {
        house.firehose().flush();
        return house.firehose().counters().recordsDelivered()
                >= house.dispatching().counters().recordsRead();
    }

    private boolean nothingWaitsInS3() {
        return new Facts(house.clients()).objectCount("failover/") == 0;
    }
}
