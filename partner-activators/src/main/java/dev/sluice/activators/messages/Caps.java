package dev.sluice.activators.messages;

import java.time.Duration;

/**
 * How many messages of one channel a person gets from all campaigns of the account that count. Immutable.
 *
 * @param day within any 24 hours
 * @param week within any 7 days
 */
public record Caps(int day, int week) {
    /** Where a campaign says nothing. */
    public static final Caps DEFAULT = new Caps(3, 10);

    /** For what a person asked for, a receipt say: it is sent whatever else was, and does not count. */
    public static final Caps NONE = new Caps(0, 0);

    /** The longest that a cap looks back. */
    static final Duration LONGEST = Duration.ofDays(7);

    static final int MOST = 100;

    public Caps {
        if (day < 0 || day > MOST || week < day || week > MOST) {
            throw new IllegalArgumentException("caps must be 0 to " + MOST + ", a week's no less than a day's");
        }
    }

    /** Whether messages under these caps count. */
    public boolean count() {
        return week > 0;
    }
}
