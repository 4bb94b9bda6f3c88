package dev.sluice.local.chaos;

import java.time.Duration;

/**
 * One planned fault.
 *
 * @param at when it is due, since the plan began; one that needs a request or a batch befalls the next
 * @param lasting how long it lasts, or what is waited for; zero where nothing lasts
 * @param times of a write: how many attempts at the same one it befalls, 1 to 3
 */
record Fault(Duration at, FaultKind kind, Duration lasting, int times) {
    /** The same for one attempt less. */
    Fault once() {
        return new Fault(at, kind, lasting, times - 1);
    }

    Fault withLasting(Duration other) {
        return new Fault(at, kind, other, times);
    }
}
