package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * When the store of states has lost something, promises:
 *
 * <ul>
 *   <li>whose state was last written before that leaves no segment, by an event or by time, though neither the state nor the
 *       profile shows that anything is missing; once rebuilt and released, the person is in what the rules say;
 *   <li>that is noted once for a person, also by the audit; whose state was written since, or lies elsewhere, is not held;
 *   <li>whose turn may have been lost elsewhere than the state is entered anew by the next event, or by the audit;
 *   <li>so too in a process that starts after the loss, however much has happened to the person since;
 *   <li>however much is noted, what is remembered is bounded, and nobody is forgotten.
 * </ul>
 */
class LossesTest extends LossesUnderTest {
    @Test
    void afterAFailOverNobodyLeavesByTimeUntilRebuiltAndReleased() {
        secondOrderIsLost();

        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("ordered");
        assertThat(tally.snapshot()).containsEntry("held", 1L);
        now = DAY_31.plus(Duration.ofDays(9));
        round();
        assertThat(segments(ANN)).containsExactly("ordered");

        Instant noted = now;
        now = now.plusSeconds(60);
        classify(FIRST_ORDER, SECOND_ORDER);
        audit(Optional.of(noted));
        assertThat(segments(ANN)).isEmpty();
        assertThat(stored(ANN).past())
                .singleElement()
                .satisfies(past -> assertThat(past.until()).isEqualTo(DAY_31));
    }

    @Test
    void afterAFailOverNobodyLeavesByAnEvent() {
        secondOrderIsLost();
        now = DAY_30.plusSeconds(60);
        classify(Samples.line(ANN, "c1", "Card Played", 30 * 24 * 60 + 1));

        assertThat(segments(ANN)).containsExactly("ordered", "player");
    }

    @Test
    void whoStartsAfterAFailOverMakesNobodyLeave() {
        startWith(new Server("p1", "d"));
        classify(Samples.line(ANN, "r1", "Page Read", 0));
        Map<String, byte[]> copy = memory.copyOf(ANN);
        classify(FIRST_ORDER);
        assertThat(segments(ANN)).containsExactly("ordered");
        memory.restore(ANN, copy);
        now = now.plusSeconds(60);

        startWith(new Server("p2", "d"));
        classify(Samples.line(ANN, "r2", "Page Read", 2));
        classify(Samples.line(ANN, "r3", "Page Read", 3));
        audit(Optional.empty());
        assertThat(segments(ANN)).containsExactly("ordered", "reader");
        assertThat(tally.snapshot()).containsEntry("held", 1L);

        startWith(new Server("p2", "d"));
        now = now.plusSeconds(60);
        audit(Optional.empty());
        assertThat(tally.snapshot()).as("written since").containsEntry("held", 1L);
    }

    @Test
    void theAuditHoldsEverybodyOnceAndWhoWasWrittenSinceIsNotHeld() {
        secondOrderIsLost();
        now = now.plusSeconds(1);
        classify(Samples.line(BOB, "o1", "Order Completed", 0));

        audit(Optional.empty());
        audit(Optional.empty());

        assertThat(tally.snapshot()).containsEntry("held", 1L);
        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("ordered");
        assertThat(segments(BOB)).isEmpty();
    }

    @Test
    void whoIsFirstMetByTheRebuildIsReleasedWithTheOthers() {
        classify(FIRST_ORDER, SECOND_ORDER);
        memory.evict(ANN);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("n", StoreLoss.Kind.EMPTIED, anyone -> true), now);

        Instant noted = DAY_31.plusSeconds(1);
        now = noted.plusSeconds(60);
        classify(FIRST_ORDER);
        assertThat(segments(ANN)).containsExactly("ordered");
        classify(SECOND_ORDER);
        audit(Optional.of(noted));
        assertThat(segments(ANN)).isEmpty();
        assertThat(stored(ANN).past())
                .singleElement()
                .satisfies(past -> assertThat(past.until()).isEqualTo(DAY_31));
    }

    @Test
    void whoseStateLiesElsewhereIsNotHeld() {
        classify(FIRST_ORDER);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("other", StoreLoss.Kind.EMPTIED, key -> !key.equals(ANN)), now);

        now = DAY_30;
        round();
        assertThat(segments(ANN)).isEmpty();
    }

    @Test
    void whoseTurnMayBeLostIsEnteredAnewWhenNextMetAndNotHeld() {
        classify(FIRST_ORDER);
        dues = new MemoryDueIndex();
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("other", StoreLoss.Kind.EMPTIED, anyone -> false, ANN::equals), now);
        now = now.plusSeconds(60);
        classify(Samples.line(ANN, "c1", "Card Played", 1));

        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("player");
        assertThat(tally.snapshot()).containsEntry("held", 0L);
    }

    @Test
    void theAuditEntersAnewWhoseTurnIsLost() {
        classify(FIRST_ORDER);
        dues = new MemoryDueIndex();
        now = now.plusSeconds(1);
        audit(Optional.empty());

        now = DAY_30;
        round();
        assertThat(segments(ANN)).isEmpty();
    }

    @Test
    void whyIsAskedOfSomeoneWhoMayHaveLostSomething() {
        secondOrderIsLost();
        Instant lost = now;
        now = DAY_30;
        var seen = new AtomicInteger();
        var explanations = new Explanations(rules, stores(), (set, segment, explained) -> {
            assertThat(explained.standing()).isEqualTo(Explained.Standing.IS);
            assertThat(explained.held()).contains(lost);
            seen.incrementAndGet();
            return Optional.empty();
        });

        explanations.explain(ANN, "ordered", Optional.empty());
        assertThat(seen).hasValue(1);
    }

    @Test
    void whatIsRememberedIsBoundedAndNobodyIsForgotten() {
        for (int i = 0; i < 10 * Losses.MAX; i++) {
            Instant at = Samples.NOON.plusSeconds(i);
            losses.note(new StoreLoss("n", StoreLoss.Kind.REPLACED, key -> key.equals(ANN)), at);
        }
        Instant last = Samples.NOON.plusSeconds(10 * Losses.MAX - 1);

        assertThat(losses.since(keptAt(ANN, last.minusMillis(1)))).isPresent();
        assertThat(losses.since(keptAt(ANN, last))).isEmpty();
        assertThat(losses.since(keptAt(BOB, last.minusMillis(1)))).isEmpty();
        assertThat(losses.since(keptAt(BOB, Samples.NOON)))
                .as("rather held than forgotten")
                .isPresent();
        assertThat(losses.since(new UserState(ANN, Recent.NOTHING)))
                .as("not known when it was kept")
                .isPresent();
        assertThat(new Losses().since(new UserState(ANN, Recent.NOTHING))).isEmpty();
    }
}
