package dev.sluice.dispatcher;

import java.time.Duration;

/** The dispatcher's limits, and why. */
final class Limits {
    /** Bytes that a record's lines may come to: four times what the tracker writes. */
    static final int MAX_RECORD_BYTES = 2 << 20;
    /** Lines of a record: ten times what the tracker writes. */
    static final int MAX_RECORD_LINES = 5_000;
    /** Bytes of one delivery before compression: with one record more it is still below what the classifier takes. */
    static final int MAX_DELIVERY_BYTES = 2 << 20;
    /** Lines of one delivery: with one record more it is still what the classifier takes. */
    static final int MAX_DELIVERY_LINES = 5_000;
    /** Accounts whose rules are remembered; the one unused for longest is forgotten first. */
    static final int MAX_ACCOUNTS = 10_000;
    /** Characters of a reason that another program gave. */
    static final int MAX_REASON = 300;
    /** How old an account's rules may be: one listing an account every two seconds costs S3 and us little. */
    static final Duration REFRESH = Duration.ofSeconds(2);
    /** How long a store of rule sets that did not answer is left alone: its timeouts must not use up an invocation. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** How long the needs of a replaced rule set are still met: the classifier polls every few seconds. */
    static final Duration OVERLAP = Duration.ofSeconds(30);

    private Limits() {}

    static String shortened(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }
}
