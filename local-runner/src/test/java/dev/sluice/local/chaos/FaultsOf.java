package dev.sluice.local.chaos;

import java.time.Duration;

/** Faults that are due at once. */
final class FaultsOf {
    private FaultsOf() {}

    static Fault kind(FaultKind kind) {
        return lasting(kind, 0);
    }

    static Fault lasting(FaultKind kind, long millis) {
        return new Fault(Duration.ZERO, kind, Duration.ofMillis(millis), 1);
    }

    static Fault times(FaultKind kind, int times) {
        return new Fault(Duration.ZERO, kind, Duration.ofMillis(kind.leastMillis()), times);
    }
}
