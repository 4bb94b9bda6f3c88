package dev.sluice.local.simulator;

/**
 * A row as it was written.
 *
 * @param stamp what the database said of it
 */
record RowChange(UserProfileRow row, RowStamp stamp) {
    private static final String ID = "user_profile-%019d";

    /** The id of the event by which Sluice knows of it. */
    String eventId() {
        return ID.formatted(stamp.version());
    }
}
