package dev.sluice.dispatcher;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classifier. Lines may be given again: classifying is idempotent. Nothing is retried here; what was not classified
 * comes again with its record. Every call ends within a stated time. Thread-safe.
 */
public interface Classification {
    /** Has these stored event lines classified, in their order; not empty. */
    Verdict classify(List<byte[]> lines);

    /** What became of the lines. */
    sealed interface Verdict {}

    /**
     * The classifier answered: lines that it does not name are durably done.
     *
     * @param retry indexes of the lines that must come again
     * @param setAside lines that can never be classified
     * @param ruleSets numbers of the rule sets by which it judged, by account, 0 where none was published; without the
     *     accounts of which it does not know
     */
    record Classified(Set<Integer> retry, List<Hopeless> setAside, Map<String, Integer> ruleSets) implements Verdict {
        public Classified {
            retry = Set.copyOf(retry);
            setAside = List.copyOf(setAside);
            ruleSets = Map.copyOf(ruleSets);
        }
    }

    /**
     * None of the lines can be taken as classified, and that is not due to them: no answer, no time, no room, not an
     * answer that we understand, or not the right one to ask.
     */
    record Unavailable(String reason) implements Verdict {}

    /** The classifier will never take a request of these lines. */
    record Refused(String reason) implements Verdict {}

    /** The classifier failed over these lines, and may again. */
    record Failed(String reason) implements Verdict {}

    /**
     * A line that can never be classified.
     *
     * @param index of the line
     * @param code stable reason
     */
    record Hopeless(int index, String code, String message) {}
}
