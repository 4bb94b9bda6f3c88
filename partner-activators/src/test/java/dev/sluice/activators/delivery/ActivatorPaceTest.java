package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.ActivationLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises of how partners are called:
 *
 * <ul>
 *   <li>calls keep to the partner's batch, its bound at once and its rate, and retries tell the rest
 *   <li>an ill connection does not disturb another
 *   <li>several who tell at once tell each person once
 * </ul>
 */
final class ActivatorPaceTest {
    private static final Outcome LATER = new Outcome.RetryLater("busy");
    /** On a clock that each of several threads lets pass. */
    private static final Duration AMPLE = Duration.ofHours(1);

    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);

    @Test
    void callsHoldAsManyAsThePartnerTakes() {
        desk.connect(partner, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(partner.calls()).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(partner.present()).containsExactly("a a@example.com");
    }

    @Test
    void callsKeepToTheBoundAtOnce() {
        var both = new CountDownLatch(4);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var single = new KeepingPartner(true, true, 1);
        List<String> met = Collections.synchronizedList(new ArrayList<>());
        single.answers(deliveries -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            if (await(both)) {
                met.add(deliveries.getFirst().id());
            }
            now.decrementAndGet();
            return Answer.all(1, new Outcome.Delivered(), Pace.UNSAID);
        });
        desk.connect(single, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(met).hasSize(12);
        assertThat(most).hasValue(4);
    }

    @Test
    void theRateIsKeptAndTheRestIsToldByTheRetries() {
        OddPartner slow = odd(OddPartner.Oddity.SLOW);
        desk.connect(slow, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }
        Instant begin = desk.clock.instant();
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        assertThat(slow.times().size()).isLessThan(30);
        assertThat(desk.clock.instant()).isBeforeOrEqualTo(begin.plusSeconds(1));

        for (int i = 0; i < 40 && slow.times().size() < 200; i++) {
            desk.tellDue();
            desk.clock.pass(Duration.ofMillis(100));
        }

        assertThat(slow.times()).hasSize(200);
        double seconds = Duration.between(begin, slow.times().getLast()).toMillis() / 1000.0;
        assertThat(200 / seconds).isBetween(9.0, 10.5);
    }

    @Test
    void anIllConnectionDoesNotDisturbAnother() {
        var ill = new KeepingPartner(true, true, 1);
        ill.answersWith(LATER);
        desk.connect(ill, "ill");
        desk.connect(partner, "well");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        Activations done = desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(done.failedAt()).isEmpty();
        assertThat(partner.told()).hasSize(100);
        // The breaker opened.
        assertThat(ill.told().size()).isLessThan(20);
    }

    @Test
    void slowOnesThatHoldAllThePlacesTheyGetDelayNobodyElseAndAreNotIllForHavingToWait() {
        var few = new Desk(8);
        var told = new CountDownLatch(6);
        var slow = new KeepingPartner(true, true, 1);
        slow.answers(deliveries -> {
            Outcome outcome = await(told) ? new Outcome.Delivered() : LATER;
            return Answer.all(1, outcome, Pace.UNSAID);
        });
        var well = new KeepingPartner(true, true, 1);
        well.answers(deliveries -> {
            told.countDown();
            return Answer.all(1, new Outcome.Delivered(), Pace.UNSAID);
        });
        few.connect(slow, "slow-1");
        few.connect(slow, "slow-2");
        few.connect(slow, "slow-3");
        few.connect(well, "well");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        Activations done = few.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        done.tallies().forEach((id, tally) -> {
            assertThat(tally.of(Tally.Count.DELIVERED)).as(id.connection()).isEqualTo(6);
            assertThat(tally.of(Tally.Count.CALLS)).as(id.connection()).isEqualTo(6);
        });
        assertThat(done.tallies()).hasSize(4);
    }

    @Test
    void aCallForWhichThereIsNoPlaceSaysNothingOfThePartner() {
        var none = new Desk(0);
        none.connect(partner, "c1");
        for (int i = 0; i < 6; i++) {
            // No time to wait for a place, so that the test need not.
            none.activate(Duration.ofSeconds(11).plusMillis(1), batch("" + i, new Lives("u" + i).in("a")));
        }

        assertThat(partner.told()).isEmpty();
        assertThat(none.ledger.entries())
                .hasSize(6)
                .allMatch(entry -> entry.due().isPresent());
        assertThat(none.flow.standing(Desk.id("c1"), partner.limits()).closedUntil())
                .isEqualTo(Instant.MIN);
    }

    @Test
    void twoWhoTellAtOnceTellEachPersonOnce() {
        desk.connect(partner, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(new Lives("u" + i).in("a", "b"));
        }
        ActivationBatch batch = batch("1", lines.toArray(ActivationLine[]::new));
        List<Thread> functions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            functions.add(Thread.startVirtualThread(() -> {
                desk.activate(AMPLE, batch);
                desk.tellDue(1, AMPLE);
            }));
        }
        functions.forEach(ActivatorPaceTest::join);

        assertThat(partner.told()).hasSize(120);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    @Test
    void lanesOfOneConnectionTellEachPersonOnceWithinOneBoundAtOnce() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var met = new CountDownLatch(4);
        var single = new KeepingPartner(true, true, 1);
        single.answers(deliveries -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            met.countDown();
            boolean allCame = await(met);
            now.decrementAndGet();
            return Answer.all(1, allCame ? new Outcome.Delivered() : LATER, Pace.UNSAID);
        });
        Telling telling = desk.connect(single, "c1");
        desk.tellings.set(0, new Telling(single, Desk.paused(telling.connection())));
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(new Lives("u" + i).in("a", "b"));
        }
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        desk.tellings.set(0, telling);

        Tally told = Objects.requireNonNull(desk.tellDue(Retries.LANES, AMPLE).get(Desk.id("c1")));

        assertThat(most).hasValue(4);
        assertThat(told.of(Tally.Count.DELIVERED)).isEqualTo(120);
        assertThat(single.told().stream().map(Delivery::id).distinct()).hasSize(120);
        assertThat(single.told()).hasSize(120);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    private OddPartner odd(OddPartner.Oddity oddity) {
        return new OddPartner(partner, oddity, desk.clock);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
