package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.tracker.aws.FakeAws;
import org.junit.jupiter.api.Test;

/** The whole program. Promise: it does not start if its stop could not wait for the requests that are under way. */
final class TrackerStopSettingsTest {
    @Test
    void theListenersTimeMustFitIntoSpringsPhase() {
        assertThatThrownBy(() -> {
                    try (var tracker =
                            new RunningTracker(FakeAws.Mood.WELL, "--sluice.tracker.http.drain-within=4001ms")) {
                        tracker.stop();
                    }
                })
                .hasStackTraceContaining("spring.lifecycle.timeout-per-shutdown-phase is PT5S; it must be at least"
                        + " PT5.001S, which is http.drain-within and a second more");
    }
}
