package dev.sluice.tracker.bulk;

import dev.sluice.tracker.Problem;

/** What becomes of a row. */
public sealed interface RowMessage {
    /** Where the row came from. */
    Row.Source source();

    /**
     * A message that can be sent.
     *
     * @param json with a message id; nobody may change it
     */
    record Ready(Row.Source source, String messageId, byte[] json) implements RowMessage {}

    /** None, and why. */
    record Refused(Row.Source source, Problem problem) implements RowMessage {}
}
