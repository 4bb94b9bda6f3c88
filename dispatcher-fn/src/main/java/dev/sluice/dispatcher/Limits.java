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
    /** How long a store of rule sets that did not answer is left alone: its timeouts must not use up an invocation. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** From when on an answer of that store is a slow one, after which it is left alone as well. */
    static final Duration SLOW = Duration.ofSeconds(1);
    /** How long the classifier is taken to run a rule set after an answer said so; with no answer, to run any. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** Rule sets of one account, from the lowest that runs to the newest, whose needs are met; with more, all is needed. */
    static final int MAX_MET = 8;
    /** Rule sets to be reported: those of the accounts that one environment meets between two invocations. */
    static final int MAX_REPORTS = 100;

    /** What looking for newer rule sets may take of one invocation, for all accounts; the rest is forwarded unlooked at. */
    static final Duration REFRESHING = Duration.ofMillis(500);
    /** What reporting may take of one invocation. */
    static final Duration REPORTING = Duration.ofSeconds(1);

    private Limits() {}

    static String shortened(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }
}
