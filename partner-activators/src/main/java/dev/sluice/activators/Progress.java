package dev.sluice.activators;

import java.util.Optional;

/** How far an invocation of an {@link Activator} has come. Thread-safe. */
final class Progress {
    private int delivered;
    private int setAside;
    private int failedAt;
    private Optional<Outcome.RetryLater> reason = Optional.empty();

    Progress(int records) {
        failedAt = records;
    }

    /** Whether what belongs to the record at {@code index} must still be done: nothing before it, nor it, has failed. */
    synchronized boolean needs(int index) {
        return index < failedAt;
    }

    /** Returns true: the next may follow. */
    synchronized boolean countDelivered() {
        delivered++;
        return true;
    }

    /** Returns true: the next may follow. */
    synchronized boolean countSetAside() {
        setAside++;
        return true;
    }

    /** Notes that the record at {@code index} must come again. Returns false: nothing may follow. */
    synchronized boolean retry(int index, Outcome.RetryLater why) {
        if (index < failedAt) {
            failedAt = index;
            reason = Optional.of(why);
        }
        return false;
    }

    synchronized int delivered() {
        return delivered;
    }

    synchronized int setAside() {
        return setAside;
    }

    /** Index of the first record that must come again; the number of records if none must. */
    synchronized int failedAt() {
        return failedAt;
    }

    synchronized Optional<Outcome.RetryLater> reason() {
        return reason;
    }
}
