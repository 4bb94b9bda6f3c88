package dev.sluice.activators.propagator;

import java.util.List;
import java.util.Set;

/**
 * The activations stream, for writing.
 *
 * <p>Records of one call may arrive in any order, and some may be refused while others are kept, so a caller puts at
 * most one record of a slot into a call. A record that was reported as refused may have arrived all the same (an answer
 * can be lost): delivery is at least once. The caller retries. Thread-safe.
 */
public interface ActivationSink {
    /** Records that one call may hold. */
    int MAX_RECORDS = 500;

    /**
     * Puts records.
     *
     * @param records 1 to {@value #MAX_RECORDS}, at most 5 MB together
     * @return indexes of those not known to be kept; empty if all are durable
     */
    Set<Integer> put(List<ActivationRecord> records);
}
