package dev.sluice.local.view;

import java.time.Duration;
import java.util.List;

/**
 * How a run stands at one moment; counts are since the start. Immutable.
 *
 * @param state a word or three, such as {@code running}
 * @param elapsed since the start
 * @param addresses where to look; the first four are shown
 * @param in events accepted by the tracker
 * @param p50Millis of recent deliveries, from POST to partner; 0 if there are none
 * @param p99Millis likewise
 * @param lag age of the oldest event that waits in a stream
 * @param failures everything that went wrong
 */
public record LiveSnapshot(
        String state,
        Duration elapsed,
        List<Address> addresses,
        long in,
        long classified,
        long profileWrites,
        long changes,
        long pushes,
        double p50Millis,
        double p99Millis,
        Duration lag,
        long failures) {
    /** Copies the list. */
    public LiveSnapshot {
        addresses = List.copyOf(addresses);
    }

    /** A program and where it listens. */
    public record Address(String name, String uri) {}
}
