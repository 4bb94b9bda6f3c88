package dev.sluice.local.simulator;

import static dev.sluice.local.simulator.Segments.SPENDER_BRONZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.OrderCompleted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises: a repeated event ends in the same truth; who cannot be known for certain is left out and counted; an event's
 * time is the client's, corrected and bounded.
 */
class TruthTest {
    private static final Instant T = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NOW = T.plus(Duration.ofDays(100));
    private static final Action CARD = new CardPlayed("ace", 5);

    @Test
    void aRepeatedEventCountsOnceAndItsFirstCopyDecidesItsTime() {
        ClientEvent event = event("x", T, new OrderCompleted("o", BigDecimal.ONE, false), true);
        Instant first = T.plus(Duration.ofDays(1));
        LedgerEntry entry = LedgerEntry.first(event, 0)
                .accepted(first.plusSeconds(300), T)
                .accepted(first, T)
                .accepted(first.plusSeconds(600), T);
        Truth truth = Truth.of("demo", List.of(entry), List.of(), List.of(), Instant.MIN);
        assertThat(truth.acceptedIds()).containsExactly("x");
        assertThat(truth.memberships().get("demo/u")).containsEntry(SPENDER_BRONZE, first);
    }

    @Test
    void someoneWithAWrongClockAndALostAnswerIsLeftOut() {
        LedgerEntry wrong =
                LedgerEntry.first(event("x", T, CARD, true), 0).unclear().accepted(NOW, T);
        Truth truth = Truth.of("demo", List.of(wrong), List.of(), List.of(), Instant.MIN);
        assertThat(truth.memberships()).isEmpty();
        assertThat(truth.uncertainPeople()).containsExactly("demo/u");
        assertThat(truth.uncertainEvents()).isZero();
        LedgerEntry right =
                LedgerEntry.first(event("x", T, CARD, false), 0).unclear().accepted(NOW, NOW);
        assertThat(Truth.of("demo", List.of(right), List.of(), List.of(), Instant.MIN)
                        .memberships())
                .containsOnlyKeys("demo/u");
    }

    @Test
    void anEventWithoutADefiniteAnswerIsUncertain() {
        LedgerEntry entry = LedgerEntry.first(event("x", T, CARD, false), 0).unclear();
        Truth truth = Truth.of("demo", List.of(entry), List.of(), List.of(), Instant.MIN);
        assertThat(truth.uncertainEvents()).isOne();
        assertThat(truth.acceptedIds()).isEmpty();
        assertThat(truth.uncertainPeople()).containsExactly("demo/u");
    }

    @Test
    void theEventTimeIsCorrectedPastAMinuteAndBounded() {
        ClientEvent event = event("x", T, CARD, false);
        assertThat(new Arrival(event, T.plusSeconds(90), T.plusSeconds(30)).eventTime())
                .isEqualTo(T);
        assertThat(new Arrival(event, T.plusSeconds(90), T.plusSeconds(30).minusMillis(1)).eventTime())
                .isEqualTo(T.plusMillis(60_001));
        assertThat(new Arrival(event, T.plusSeconds(90), null).eventTime()).isEqualTo(T);
        assertThat(new Arrival(event, T.minusSeconds(60), null).eventTime()).isEqualTo(T);
        assertThat(new Arrival(event, T.minusSeconds(61), null).eventTime()).isEqualTo(T.minusSeconds(61));
        var silent = new ClientEvent("y", event.person(), CARD, null, ClientEvent.TimeField.BOTH, false);
        assertThat(new Arrival(silent, NOW.plusNanos(1_500_000), NOW).eventTime())
                .isEqualTo(NOW.plusMillis(1));
    }

    private static ClientEvent event(String id, Instant time, Action action, boolean wrongClock) {
        return new ClientEvent(id, new Person("u", "a"), action, time, ClientEvent.TimeField.TIMESTAMP, wrongClock);
    }
}
