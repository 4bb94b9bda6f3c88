package dev.sluice.classifier;

import dev.sluice.model.rules.Observation;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be said of one person and one segment at a moment.
 *
 * @param at the moment
 * @param since when the membership began, or the one that was
 * @param until when it ended, or will if nothing happens; empty if that is not known
 * @param cause what began it, or ended the one that was; empty if that is kept no more
 * @param held since when it is held, because the state was lost; empty if it is not
 * @param lost since when the person is known to have lost a state and has not been rebuilt; events may be missing
 * @param seen what the condition is asked about at that moment; empty if that cannot be told
 * @param untold why it cannot
 */
public record Explained(
        Instant at,
        Standing standing,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Cause> cause,
        Optional<Instant> held,
        Optional<Instant> lost,
        Optional<Observation> seen,
        Optional<Untold> untold) {

    /** How a person stands to a segment. */
    public enum Standing {
        IS("is"),
        /** Not, and never before as far as is known. */
        IS_NOT("isNot"),
        /** Not any more. */
        WAS("was"),
        /** It is before what is kept, and what is known of the past does not say. */
        UNKNOWN("unknown");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    /** Why there is nothing that the condition could be asked about. */
    public enum Untold {
        BEFORE_WHAT_IS_KEPT("beforeWhatIsKept"),
        /** What was kept is lost, and nothing has happened since. */
        LOST("lost"),
        NOTHING_HAPPENED("nothingHappened");

        private final String word;

        Untold(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    /**
     * What began or ended a membership.
     *
     * @param eventId empty if it was time alone
     */
    public record Cause(Kind kind, Optional<String> eventId) {
        /** What sort of thing. */
        public enum Kind {
            EVENT,
            /** A row of the user table, or statistics. */
            PROFILE,
            TIME
        }
    }
}
