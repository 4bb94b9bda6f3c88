package dev.sluice.activators;

import java.time.Duration;

/** Lets time pass; handed in so that tests need none. */
@FunctionalInterface
public interface Pause {
    /** Returns after {@code duration}, or at once if the thread is interrupted (and stays so). */
    void last(Duration duration);
}
