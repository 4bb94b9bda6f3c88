package dev.sluice.local.report;

import java.util.List;

/**
 * What a run came to. Immutable.
 *
 * @param tookMillis how long it took
 * @param accepted distinct events that the tracker said it keeps
 * @param rejected distinct events that it refused
 * @param lost accepted events that are missing from the lake
 * @param delivered different deliveries at the partner
 * @param superseded changes of which the partner did not hear, because another took their place before it could
 * @param duplicatesDelivered deliveries that tell the partner what it knows already, under an id of their own
 * @param redelivered repeats under the same id: allowed
 * @param latencyMillis from the client's first POST to the partner
 * @param interceptionToPartnerMillis from the tracker's interception to the partner
 * @param dueToPartnerMillis from the moment at which time alone changed an answer to the partner
 * @param peopleCompared people whose memberships are known
 * @param membershipMismatches people × segments whose profile is not the truth, in membership or since
 * @param pushMismatches people × segments whose last word at the partner is not the truth
 * @param uncertain events without a definite answer
 * @param uncertainPeople people left out of the comparison
 * @param faults what went wrong on purpose
 * @param failures what fails the run, in words; empty if it passed
 * @param mismatches some of the differences in words
 */
public record Report(
        long tookMillis,
        long accepted,
        long rejected,
        long wronglyAccepted,
        long wronglyRejected,
        long unclearAnswers,
        long classified,
        long profileWrites,
        long changes,
        long setAside,
        long lost,
        long delivered,
        long superseded,
        long duplicatesDelivered,
        long redelivered,
        Percentiles latencyMillis,
        Percentiles interceptionToPartnerMillis,
        Percentiles dueToPartnerMillis,
        int peopleCompared,
        long membershipMismatches,
        long pushMismatches,
        int uncertain,
        int uncertainPeople,
        Faults faults,
        List<String> failures,
        List<String> mismatches) {
    /** Copies the lists. */
    public Report {
        failures = List.copyOf(failures);
        mismatches = List.copyOf(mismatches);
    }

    /** Whether everything is as it must be. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
