package dev.sluice.dispatcher.schedule;

import java.time.Instant;
import java.util.Optional;

/** What the classifier does when it is told to: a bounded amount of work each time. Thread-safe; nothing is retried here. */
public interface TimeKeeping {
    /** Acts on people whose memberships may have changed by themselves. */
    Answer round();

    /**
     * Checks a page of everyone.
     *
     * @param cursor of the page before; empty for the first
     * @param releasing who was found without a state before this moment has been rebuilt and is held no longer
     */
    Answer page(Optional<String> cursor, Optional<Instant> releasing);

    /** What came of it. */
    sealed interface Answer {}

    /**
     * People were looked at.
     *
     * @param people how many
     * @param changed of them, whose profile was written
     * @param later of them, who could not be looked at now
     * @param next where there is more; empty if there is no more
     */
    record Looked(int people, int changed, int later, Optional<String> next) implements Answer {}

    /** The classifier did not do it. */
    record Unavailable(String reason) implements Answer {}
}
