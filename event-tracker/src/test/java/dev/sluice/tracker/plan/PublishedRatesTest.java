package dev.sluice.tracker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.plan.Rate;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Source;
import org.junit.jupiter.api.Test;

/**
 * Promises: rates hold for a source and for its account, whatever others send and however the events are sent; a publication that
 * leaves a rate as it was does not refill it; a plan may lower the node's limits and not raise them.
 */
final class PublishedRatesTest {
    private final SourcesUnderTest under = new SourcesUnderTest();

    @Test
    void aSourceAtTenTimesItsRateWaitsWhileAnotherIsUntouched() {
        under.publish("demo", 1, rated("greedy", "k1", 100), rated("modest", "k2", 100));
        under.sources.look();
        Source greedy = under.sources.byWriteKey("k1").orElseThrow();
        Source modest = under.sources.byWriteKey("k2").orElseThrow();
        int greedyEvents = 0;
        int modestEvents = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            under.nanos.set(millis * 1_000_000L);
            if (greedy.admission().retryAfter().isEmpty()) {
                greedy.admission().sent(1, 100);
                greedyEvents++;
            }
            if (millis % 20 == 0) {
                assertThat(modest.admission().retryAfter()).isEmpty();
                modest.admission().sent(1, 100);
                modestEvents++;
            }
        }

        assertThat(greedyEvents).isBetween(1_150, 1_250);
        assertThat(modestEvents).isEqualTo(500);
    }

    @Test
    void theAccountsRateHoldsForAllItsSourcesTogether() {
        under.publish(
                "demo",
                1,
                "'rate':{'eventsPerSecond':10,'burst':10},",
                SourcesUnderTest.source("a", "k1", "active"),
                SourcesUnderTest.source("b", "k2", "active"));
        under.sources.look();
        under.sources.byWriteKey("k1").orElseThrow().admission().sent(10, 1);

        assertThat(under.sources.byWriteKey("k2").orElseThrow().admission().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait.toMillis()).isEqualTo(100));
        assertThat(under.sources.byWriteKey("fixed").orElseThrow().admission().retryAfter())
                .isEmpty();
    }

    @Test
    void aRequestOfManyEventsIsPaidForAfterwardsAndNobodyIsShutOutForLong() {
        under.publish("demo", 1, rated("app", "k1", 1));
        under.sources.look();
        Source source = under.sources.byWriteKey("k1").orElseThrow();
        source.admission().sent(2_500, 1);

        assertThat(source.admission().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait.toSeconds()).isBetween(59L, 61L));
    }

    /** What PLANS.md says of low rates and large batches, and how to hold them. */
    @Test
    void aLowRateIsHeldIfABatchMayNotHoldMoreThanTheBurstAndAMinute() {
        assertThat(eventsInAnHour(2_500)).isBetween(10 * 3_600 * 4, 10 * 3_600 * 5);
        assertThat(eventsInAnHour(600)).isLessThanOrEqualTo(10 * 3_600 + 20 + 600);
    }

    @Test
    void aPublicationThatLeavesARateAsItWasDoesNotRefillIt() {
        under.publish("demo", 1, rated("app", "k1", 100));
        under.sources.look();
        under.sources.byWriteKey("k1").orElseThrow().admission().sent(1_000, 1);
        under.publish("demo", 2, rated("app", "k1", 100), SourcesUnderTest.source("web", "k2", "active"));
        under.sources.look();
        assertThat(under.sources.byWriteKey("k1").orElseThrow().admission().retryAfter())
                .isPresent();

        under.publish("demo", 3, rated("app", "k1", 200));
        under.sources.look();
        assertThat(under.sources.byWriteKey("k1").orElseThrow().admission().retryAfter())
                .isEmpty();
    }

    @Test
    void aPlanMayLowerTheNodesLimitsAndNotRaiseThem() {
        under.publish(
                "demo",
                1,
                "'limits':{'eventBytes':1000,'eventsPerBatch':5000},",
                SourcesUnderTest.source("app", "k1", "active"));
        under.sources.look();

        assertThat(under.sources.byWriteKey("k1")).map(Source::limits).contains(new Limits(64 << 10, 1000, 100, 10));
    }

    /** Of a source that may send 10 events a second and sends batches whenever it is let in. */
    private int eventsInAnHour(int batch) {
        var bucket = new TokenBucket(new Rate(10, 20), under.nanos::get);
        int events = 0;
        long end = under.nanos.get() + 3_600_000_000_000L;
        while (under.nanos.get() < end) {
            if (bucket.nanosUntilOpen() == 0) {
                bucket.take(batch);
                events += batch;
            }
            under.nanos.addAndGet(Math.max(1_000_000, bucket.nanosUntilOpen()));
        }
        return events;
    }

    private static String rated(String name, String key, int rate) {
        return SourcesUnderTest.source(name, key, "active")
                .replaceFirst("\\{'name'", "{'rate':{'eventsPerSecond':" + rate + ",'burst':" + 2 * rate + "},'name'");
    }
}
