package dev.sluice.dispatcher;

import java.util.Map;
import java.util.Optional;

/**
 * What became of an invocation's records. Holds counts and reasons, nothing of an event, so that it can be logged.
 *
 * @param records how many there were
 * @param delivered lines that were given to the classifier
 * @param aside lines, or records that are not lines, that were set aside
 * @param resume where Lambda must begin again; empty if all are done
 * @param learnt the newest rule sets, by account, that this environment met for the first time
 */
public record Report(int records, int delivered, int aside, Optional<Resume> resume, Map<String, Integer> learnt) {
    /**
     * The first record that is not done. Those after it come again too, which changes nothing.
     *
     * @param reason why, for the log
     */
    public record Resume(String sequenceNumber, String reason) {}
}
