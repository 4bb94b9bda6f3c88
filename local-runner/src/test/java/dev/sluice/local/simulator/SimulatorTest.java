package dev.sluice.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.simulator.OneTracker.Luck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Promises, against a tracker that keeps ids: the rate is kept; every event has a definite answer at the end, whatever
 * the tracker did; the truth names exactly what was kept; rows come before first events; a lost answer leaves out
 * only people whose time depends on it; a tracker that accepts anything or nothing is noticed.
 */
class SimulatorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void theTruthNamesExactlyWhatTheTrackerKept() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.GOOD);
                var simulator = simulator(tracker, 1_000)) {
            run(simulator, 1_500);
            Truth truth = simulator.truth(Instant.now());
            assertThat(truth.acceptedIds()).isEqualTo(tracker.kept.keySet());
            assertThat(truth.refusedIds()).isNotEmpty().doesNotContainAnyElementsOf(tracker.kept.keySet());
            assertThat(truth.uncertainEvents()).isZero();
            assertThat(truth.uncertainPeople()).isEmpty();
            assertThat(tracker.strangers).as("events before the row").isEmpty();
            Traffic traffic = simulator.traffic();
            assertThat(traffic.problems()).isEmpty();
            assertThat(traffic.accepted()).isEqualTo(truth.acceptedIds().size());
            assertThat(traffic.copiesSent()).as("repeats").isGreaterThan(traffic.eventsSent());
            assertThat(simulator.firstSentNanos(truth.acceptedIds().iterator().next()))
                    .isPresent();
        }
    }

    @Test
    void everyAnswerIsDefiniteInTheEndThoughTheTrackerFailed() throws Exception {
        try (var tracker = new OneTracker(request -> switch (request % 5) {
                    case 0 -> Luck.UNAVAILABLE;
                    case 1 -> Luck.KEPT_AND_CUT_OFF;
                    default -> Luck.GOOD;
                });
                var simulator = simulator(tracker, 1_000)) {
            run(simulator, 800);
            Truth truth = simulator.truth(Instant.now());
            assertThat(truth.uncertainEvents()).isZero();
            assertThat(truth.acceptedIds()).isEqualTo(tracker.kept.keySet());
            assertThat(truth.uncertainPeople())
                    .as("some people with wrong clocks lost an answer")
                    .isNotEmpty();
            assertThat(truth.memberships().size())
                    .isGreaterThan(truth.uncertainPeople().size());
            assertThat(simulator.traffic().unclearAnswers()).isPositive();
        }
    }

    @Test
    void theCanonicalCopyIsTheOneReceivedFirst() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.GOOD);
                var simulator = simulator(tracker, 1_000)) {
            run(simulator, 800);
            for (LedgerEntry entry : simulator.entries()) {
                if (entry.standing() == LedgerEntry.Standing.ACCEPTED) {
                    Instant first =
                            Collections.min(tracker.kept.get(entry.event().id()));
                    assertThat(entry.arrival().receivedAt()).isEqualTo(first);
                }
            }
        }
    }

    @Test
    void aTrackerThatNeverAnswersLeavesEverythingUncertain() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.UNAVAILABLE);
                var simulator = simulator(tracker, 200)) {
            simulator.start();
            await(simulator, 50);
            simulator.stop();
            assertThat(simulator.awaitAnswers(Duration.ofMillis(50))).isFalse();
            Truth truth = simulator.truth(Instant.now());
            assertThat(truth.acceptedIds()).isEmpty();
            assertThat(truth.memberships()).isEmpty();
            assertThat(truth.uncertainEvents()).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void anUnknownWriteKeyIsToldAsGoodEventsRefused() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.GOOD)) {
            SimulatorSettings usual = SimulatorSettings.usual(20, 200, 1, tracker.address());
            var settings = new SimulatorSettings(
                    20,
                    200,
                    1,
                    usual.clock(),
                    tracker.address(),
                    "demo",
                    "another-key",
                    usual.backlogAge(),
                    usual.requestTimeout(),
                    4,
                    100,
                    1_000,
                    3);
            try (var simulator = new Simulator(settings, new MemoryUserRows(Clock.systemUTC()))) {
                simulator.start();
                await(simulator, 100);
                simulator.stop();
                assertThat(simulator.awaitAnswers(PATIENCE)).isTrue();
                assertThat(simulator.traffic().wronglyRejected()).isPositive();
                assertThat(simulator.traffic().problems()).isNotEmpty();
            }
        }
    }

    @Test
    void aSignUpThatFailsAtFirstIsTriedAgainBeforeAnythingIsSent() throws Exception {
        var tries = new AtomicInteger();
        try (var tracker = new OneTracker(request -> Luck.GOOD);
                var simulator =
                        new Simulator(SimulatorSettings.usual(5, 100, 3, tracker.address()), new RowsKnownTo(tracker) {
                            @Override
                            public RowStamp insert(UserProfileRow row) {
                                if (tries.incrementAndGet() <= 2) {
                                    throw new IllegalStateException("down");
                                }
                                return super.insert(row);
                            }
                        })) {
            run(simulator, 100);
            assertThat(tracker.strangers).isEmpty();
            assertThat(simulator.traffic().failedSignUps()).isZero();
            assertThat(tries).hasValueGreaterThan(2);
        }
    }

    @Test
    void someRowsChangeWhileThePlayersPlayAndTheTruthKnowsEachOnce() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.GOOD)) {
            var rows = new RowsKnownTo(tracker);
            try (var simulator = new Simulator(SimulatorSettings.usual(20, 1_000, 3, tracker.address()), rows)) {
                run(simulator, 1_000);

                assertThat(rows.updates.get()).isPositive();
                assertThat(simulator.traffic().failedSignUps()).isZero();
                assertThat(simulator.truth(Instant.now()).memberships())
                        .containsKeys(rows.rows.keySet().stream()
                                .map(user -> "demo/" + user)
                                .toArray(String[]::new));
            }
        }
    }

    @Test
    void aChangeOfARowThatFailsLeavesThePersonOutAndIsTold() throws Exception {
        try (var tracker = new OneTracker(request -> Luck.GOOD);
                var simulator = new Simulator(
                        SimulatorSettings.usual(20, 1_000, 3, tracker.address()), new RowsKnownTo(tracker) {
                            @Override
                            public RowStamp update(UserProfileRow row) {
                                throw new IllegalStateException("down");
                            }
                        })) {
            run(simulator, 1_000);

            assertThat(simulator.traffic().failedSignUps()).isPositive();
            assertThat(simulator.truth(Instant.now()).uncertainPeople()).isNotEmpty();
        }
    }

    private static Simulator simulator(OneTracker tracker, double rate) {
        return new Simulator(SimulatorSettings.usual(60, rate, 11, tracker.address()), new RowsKnownTo(tracker));
    }

    private static class RowsKnownTo extends MemoryUserRows {
        private final OneTracker tracker;

        RowsKnownTo(OneTracker tracker) {
            super(Clock.systemUTC());
            this.tracker = tracker;
        }

        @Override
        public RowStamp insert(UserProfileRow row) {
            RowStamp stamp = super.insert(row);
            tracker.known.put(row.userId(), true);
            return stamp;
        }
    }

    private static void run(Simulator simulator, int events) throws InterruptedException {
        simulator.start();
        await(simulator, events);
        simulator.stop();
        assertThat(simulator.awaitAnswers(PATIENCE)).isTrue();
    }

    private static void await(Simulator simulator, int events) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (simulator.traffic().eventsSent() < events) {
            assertThat(System.nanoTime()).as("the traffic came to a stop").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
