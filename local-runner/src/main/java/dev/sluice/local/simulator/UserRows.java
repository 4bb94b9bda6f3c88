package dev.sluice.local.simulator;

/**
 * The application's user table. Thread-safe.
 *
 * <p>A call that throws may have taken effect or not.
 */
public interface UserRows {
    /** Writes the row of somebody who has none. */
    RowStamp insert(UserProfileRow row);

    /** Writes a row, different from what it was, of somebody who has one. */
    RowStamp update(UserProfileRow row);
}
