package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: a small difference changes nothing; a larger one moves every event alike, but never
 * forward if the request may have waited in the client's queue; nothing lies in the future.
 */
final class ClockCorrectionTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant HOUR_AGO = RECEIVED.minusSeconds(3600);

    private final ClockCorrection clock = new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60));

    @Test
    void withoutSentAtTheOriginalTimeStands() {
        assertThat(clock.correct(HOUR_AGO, Optional.empty(), RECEIVED, Optional.empty()))
                .isEqualTo(HOUR_AGO);
    }

    @Test
    void exactlyTheSkewIsNetworkDelay() {
        assertThat(correct(HOUR_AGO, RECEIVED.minusSeconds(60))).isEqualTo(HOUR_AGO);
        assertThat(correct(HOUR_AGO, RECEIVED.plusSeconds(60))).isEqualTo(HOUR_AGO);
    }

    @Test
    void oneMillisecondMoreIsAWrongClock() {
        assertThat(correct(HOUR_AGO, RECEIVED.minusMillis(60_001))).isEqualTo(HOUR_AGO.plusMillis(60_001));
        assertThat(correct(HOUR_AGO, RECEIVED.plusMillis(60_001))).isEqualTo(HOUR_AGO.minusMillis(60_001));
    }

    @Test
    void upToTheBoundAnEventMayBeAhead() {
        assertThat(correct(RECEIVED.plusSeconds(60), RECEIVED)).isEqualTo(RECEIVED.plusSeconds(60));
    }

    @Test
    void beyondTheBoundItHappenedWhenItWasReceived() {
        assertThat(correct(RECEIVED.plusMillis(60_001), RECEIVED)).isEqualTo(RECEIVED);
    }

    @Test
    void whatALibrarySaidWhenItQueuedARequestMovesNothingForward() {
        assertThat(correct(HOUR_AGO, HOUR_AGO.plusSeconds(1), "analytics-kotlin"))
                .isEqualTo(HOUR_AGO);
        assertThat(correct(HOUR_AGO, RECEIVED.minusMillis(60_001), "analytics-kotlin"))
                .isEqualTo(HOUR_AGO);
    }

    @Test
    void aQueuedRequestThatComesBeforeItWasSentHasAWrongClock() {
        assertThat(correct(HOUR_AGO, RECEIVED.plusMillis(60_001), "analytics-kotlin"))
                .isEqualTo(HOUR_AGO.minusMillis(60_001));
    }

    @Test
    void anUnboundedSkewIsRefused() {
        assertThatThrownBy(() -> new ClockCorrection(Duration.ofDays(2), Duration.ZERO))
                .hasMessage("clock.skew is PT48H; it must be from PT0S to PT24H");
    }

    private Instant correct(Instant original, Instant sentAt) {
        return correct(original, sentAt, "analytics.js");
    }

    private Instant correct(Instant original, Instant sentAt, String library) {
        return clock.correct(original, Optional.of(sentAt), RECEIVED, Optional.of(library));
    }
}
