package dev.sluice.local.drills;

import java.time.Duration;

/** What is the matter with the server behind a {@link Gate}. */
sealed interface Trouble {
    /** Nothing: every request passes. */
    record None() implements Trouble {}

    /** Nobody listens any more: connections are refused. */
    record Refused() implements Trouble {}

    /** Requests are taken and their connections broken without an answer. */
    record Broken() implements Trouble {}

    /** Requests are taken and never answered. */
    record Silent() implements Trouble {}

    /** What is asked is done at once, and answered byte by byte over a time. */
    record Dribbling(Duration over) implements Trouble {}

    /** Requests are refused with an error in AWS's form. */
    record Failing(int status, String code) implements Trouble {}

    /** Requests are answered 200, for other records than were sent, and nothing is done. */
    record Lying() implements Trouble {}

    /**
     * PutRecords takes only some of the records.
     *
     * @param share of the records that are refused, 0 to 1
     * @param atMost how often the same record is refused
     * @param seed of the choice
     */
    record Partial(double share, int atMost, long seed) implements Trouble {}
}
