package dev.sluice.tracker.boot;

import dev.sluice.tracker.ClockCorrection;
import java.time.Duration;
import java.util.Set;

/**
 * How clients' clocks are corrected, as it can be set.
 *
 * @param queuingLibraries none if it is empty
 * @see ClockCorrection
 */
public record ClockSettings(Duration skew, Duration future, Set<String> queuingLibraries) {
    public ClockSettings {
        queuingLibraries = queuingLibraries == null ? Set.of() : Set.copyOf(queuingLibraries);
        // What is out of its range is named.
        var unused = new ClockCorrection(skew, future, queuingLibraries);
    }

    ClockCorrection correction() {
        return new ClockCorrection(skew, future, queuingLibraries);
    }
}
