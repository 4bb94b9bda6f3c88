package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.model.activation.ActivationLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises of a partner that takes everything, but each after long, beside another of the same kind:
 *
 * <ul>
 *   <li>it delays the stream once; from then on the stream does not call it
 *   <li>what the stream leaves is due at once, and told by the retries, as it then stands
 *   <li>once it was quick there, the stream calls it again
 *   <li>of many calls none begins after the stream's time, even if they wait for each other only
 * </ul>
 */
@Timeout(120)
final class SlowPartnerTest {
    private static final Duration LONG = Duration.ofMillis(4_900);

    private final Desk desk = new Desk();
    private final KeepingPartner slow = new KeepingPartner(true, true, 1);
    private final KeepingPartner quick = new KeepingPartner(true, true, 1);
    private final Lives life = new Lives("u1");

    @Test
    void theStreamWaitsForItOnceAndTheRetriesTellItTheRest() {
        becomeSlow();
        // Whoever called it now would wait for ever.
        var never = new CountDownLatch(1);
        slow.answers(deliveries -> {
            await(never);
            throw new AssertionError("it was called");
        });

        ActivationLine[] lines = {
            life.in(), life.in("a", "b"), new Lives("u2").in("a"), life.in("b"), new Lives("u3").in("a")
        };
        for (ActivationLine line : lines) {
            Activations done = desk.activate(batch("2", line));
            assertThat(done.failedAt()).isEmpty();
            assertThat(tally(done, "quick").of(Tally.Count.LEFT_DUE)).isZero();
            assertThat(tally(done, "slow").of(Tally.Count.LEFT_DUE)).isEqualTo(1);
        }
        assertThat(slow.texts()).containsExactly("u1 1 +a");
        assertThat(quick.texts())
                .containsExactlyInAnyOrder("u1 1 +a", "u1 2 -a", "u1 3 +a", "u1 3 +b", "u2 1 +a", "u1 4 -a", "u3 1 +a");

        slowly();
        desk.tellDue();

        assertThat(slow.texts()).containsExactlyInAnyOrder("u1 1 +a", "u1 3 +b", "u1 4 -a", "u2 1 +a", "u3 1 +a");
        assertThat(slow.present()).isEqualTo(quick.present());
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
        desk.activate(batch("3", new Lives("u4").in("a")));
        assertThat(slow.told()).as("it was slow there too").hasSize(5);
    }

    @Test
    void onceItWasQuickInTheRetriesTheStreamCallsItAgain() {
        becomeSlow();
        slow.answersWith(new Outcome.Delivered());
        for (int i = 0; i < 8; i++) {
            desk.activate(batch("2", new Lives("quick" + i).in("a")));
        }
        assertThat(slow.told()).hasSize(1);

        desk.tellDue();
        assertThat(slow.told()).hasSize(9);
        desk.activate(batch("3", new Lives("u9").in("a")));

        assertThat(slow.told()).hasSize(10);
    }

    @Test
    void noCallBeginsAfterTheStreamsTime() {
        desk.connect(slow, "slow");
        var calls = new AtomicInteger();
        slow.answers(deliveries -> {
            // After the first wave two are asked for at once.
            if (calls.incrementAndGet() > 4) {
                desk.clock.pass(Duration.ofMillis(400));
            }
            return Answer.all(1, new Outcome.Delivered(), Pace.UNSAID);
        });
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        Activations done = desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        // Of the next eight those that begin while no more than two are over: four are under way at once.
        assertThat(slow.told()).hasSizeBetween(7, 10);
        assertThat(tally(done, "slow").of(Tally.Count.LEFT_DUE)).isGreaterThanOrEqualTo(48);
    }

    /** Both are told of somebody; the slow one answers when the quick one's part is over, after long. */
    private void becomeSlow() {
        desk.connect(slow, "slow");
        desk.connect(quick, "quick");
        slow.answers(deliveries -> {
            while (desk.ledger.entries().stream()
                    .noneMatch(entry -> entry.key().connection().equals("quick")
                            && entry.lease().isEmpty()
                            && entry.due().isEmpty())) {
                Thread.onSpinWait();
            }
            desk.clock.pass(LONG);
            return Answer.all(1, new Outcome.Delivered(), Pace.UNSAID);
        });
        desk.activate(batch("1", life.in("a")));
        assertThat(quick.texts()).containsExactly("u1 1 +a");
        assertThat(slow.texts()).containsExactly("u1 1 +a");
    }

    private void slowly() {
        slow.answers(deliveries -> {
            desk.clock.pass(LONG);
            return Answer.all(1, new Outcome.Delivered(), Pace.UNSAID);
        });
    }

    private static Tally tally(Activations done, String connection) {
        return Objects.requireNonNull(done.tallies().get(Desk.id(connection)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
