package dev.sluice.activators;

import java.time.Instant;
import java.util.Optional;

/**
 * How a partner took a delivery; the kind decides what happens next. Reasons hold nothing that the partner wrote, and
 * nothing of the person.
 */
public sealed interface Outcome {
    /** The partner has it. */
    record Delivered() implements Outcome {}

    /** On purpose the partner was not told, and will not be of this change: a cap, a control group, an opt-out. */
    record Skipped(String reason) implements Outcome {
        private static final String DRY_RUN = "dry run: ";

        /** Only since the connection is one of dry runs. */
        public static Skipped dryRun(String reason) {
            return new Skipped(DRY_RUN + reason);
        }

        /** Whether this is the reason of a dry run. */
        public static boolean isDryRun(String reason) {
            return reason.startsWith(DRY_RUN);
        }
    }

    /** The partner will never take it: it is set aside. */
    record Rejected(String reason) implements Outcome {}

    /**
     * The partner may take it later: it comes again, under the same delivery id.
     *
     * @param notBefore of this delivery alone; what holds for the whole partner is said by {@link Pace}
     * @param mayHaveIt whether the partner may have taken it all the same; not only if it surely has not
     */
    record RetryLater(String reason, Optional<Instant> notBefore, boolean mayHaveIt) implements Outcome {
        public RetryLater(String reason, Optional<Instant> notBefore) {
            this(reason, notBefore, true);
        }

        public RetryLater(String reason) {
            this(reason, Optional.empty());
        }

        /** The partner surely has not taken it: it was not sent, or refused as a whole for now. */
        public static RetryLater notTaken(String reason) {
            return new RetryLater(reason, Optional.empty(), false);
        }
    }

    /** Nothing of this kind is taken until a person has put something right: it waits, and somebody is alerted. */
    record Parked(String reason, Scope scope) implements Outcome {
        /** What is parked. */
        public enum Scope {
            AUDIENCE,
            CONNECTION
        }
    }
}
