package dev.sluice.tracker;

/**
 * What a batch says once for all of its events, for those that are kept apart from it.
 *
 * @param sentAt the client's clock, ISO 8601; empty if it was not said
 * @param context a JSON object; empty if there was none
 */
public record BatchFields(String sentAt, String context) {
    /** Of an event that came by itself, or in a batch that says nothing. */
    public static final BatchFields NONE = new BatchFields("", "");
}
