package dev.sluice.model.rules;

import java.util.Set;

/**
 * Which segments' conditions are true, of those that were asked. Of every other segment the answer is what it was at the step
 * before. Of exclusive segments of one group all are asked, or none. Immutable.
 */
public interface Answers {
    /** Ids of the segments whose conditions were asked and are true. */
    Set<String> matching();

    /** Whether a segment's condition was asked; anything of a segment outside the rule set. */
    boolean asked(String segment);

    /** Of all segments. */
    static Answers ofAll(Set<String> matching) {
        return new OfAll(matching);
    }

    /** Answers of all segments. */
    record OfAll(Set<String> matching) implements Answers {
        @Override
        public boolean asked(String segment) {
            return true;
        }
    }
}
