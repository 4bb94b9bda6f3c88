package dev.sluice.local.eventsource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an event source mapping has done so far.
 *
 * @param recordsRead records taken from the stream
 * @param recordsDone records that the function processed
 * @param invocations invocations of the function, retries included
 * @param retries invocations of records that were tried before
 * @param failedInvocations invocations of which at least one record must come again
 * @param recordsGivenUp records sent to the failure destination
 * @param iteratorAge how old the oldest record is that is neither done nor given up; zero when there is none
 */
public record EventSourceCounters(
        long recordsRead,
        long recordsDone,
        long invocations,
        long retries,
        long failedInvocations,
        long recordsGivenUp,
        Duration iteratorAge) {

    /** The running totals. Thread-safe. */
    static final class Live {
        final LongAdder recordsRead = new LongAdder();
        final LongAdder recordsDone = new LongAdder();
        final LongAdder invocations = new LongAdder();
        final LongAdder retries = new LongAdder();
        final LongAdder failedInvocations = new LongAdder();
        final LongAdder recordsGivenUp = new LongAdder();
        private final Map<String, Instant> oldestByShard = new ConcurrentHashMap<>();

        void oldest(String shardId, Instant arrived) {
            oldestByShard.put(shardId, arrived);
        }

        void caughtUp(String shardId) {
            oldestByShard.remove(shardId);
        }

        EventSourceCounters snapshot(Instant now) {
            Duration age = oldestByShard.values().stream()
                    .map(arrived -> Duration.between(arrived, now))
                    .filter(Duration::isPositive)
                    .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
            return new EventSourceCounters(
                    recordsRead.sum(),
                    recordsDone.sum(),
                    invocations.sum(),
                    retries.sum(),
                    failedInvocations.sum(),
                    recordsGivenUp.sum(),
                    age);
        }
    }
}
