package dev.sluice.local.report;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.simulator.Traffic;
import dev.sluice.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what happened with what must be so.
 *
 * <p>Cheap enough to ask repeatedly while the last events are on their way: the run is over when it passes, or when
 * the patience ends. Not thread-safe; make one per question through {@link #judge}.
 */
public final class Verdict {
    private static final int MAX_WORDS = 20;

    private final Evidence evidence;
    private final Truth truth;
    private final PartnerView partner;
    private final Differences lost = new Differences();
    private final Differences stored = new Differences();
    private final Differences memberships = new Differences();
    private final Differences pushes = new Differences();
    private final Set<String> delivered;

    private Verdict(Evidence evidence) {
        this.evidence = evidence;
        this.truth = evidence.truth();
        this.partner = new PartnerView(evidence.partner().deliveries());
        this.delivered =
                evidence.partner().deliveries().stream().map(Delivery::id).collect(Collectors.toSet());
    }

    /** Says what the run came to. */
    public static Report judge(Evidence evidence) {
        var verdict = new Verdict(evidence);
        verdict.compareLake();
        verdict.comparePeople();
        return verdict.report();
    }

    private void compareLake() {
        for (String id : truth.acceptedIds()) {
            if (!evidence.lakeIds().contains(id)) {
                lost.add("event " + id + " was accepted and is not in the lake");
            }
        }
        for (String id : truth.refusedIds()) {
            if (evidence.lakeIds().contains(id)) {
                stored.add("event " + id + " was rejected and is in the lake");
            }
        }
    }

    /** Also people of whom the truth knows nothing: they must be in no segment. */
    private void comparePeople() {
        var people = new TreeSet<>(truth.memberships().keySet());
        people.addAll(evidence.profiles().keySet());
        people.addAll(partner.people());
        people.removeAll(truth.uncertainPeople());
        for (String person : people) {
            Map<String, Instant> expected = expected(person);
            Map<String, Instant> actual = actual(person);
            SortedSet<String> pushed = partner.of(person);
            for (String segment : union(expected.keySet(), actual.keySet(), pushed)) {
                compareMembership(person, segment, expected.get(segment), actual.get(segment));
                comparePush(person, segment, expected.containsKey(segment), pushed.contains(segment));
            }
        }
    }

    private void compareMembership(
            String person, String segment, @Nullable Instant expected, @Nullable Instant actual) {
        boolean same = expected == null ? actual == null : expected.equals(actual);
        if (!same) {
            memberships.add("%s, %s: expected %s, the profile says %s"
                    .formatted(person, segment, words(expected), words(actual)));
        }
    }

    private void comparePush(String person, String segment, boolean expected, boolean pushed) {
        if (expected != pushed) {
            pushes.add("%s, %s: expected %s, the partner was told %s"
                    .formatted(person, segment, expected ? "in" : "out", pushed ? "in" : "out"));
        }
    }

    private Map<String, Instant> expected(String person) {
        Map<String, Instant> since = truth.memberships().get(person);
        return since == null ? Map.of() : since;
    }

    private Map<String, Instant> actual(String person) {
        Map<String, Instant> since = evidence.profiles().get(person);
        return since == null ? Map.of() : since;
    }

    private static String words(@Nullable Instant since) {
        return since == null ? "out" : "in since " + since;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        var all = new TreeSet<String>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }

    private Report report() {
        Traffic traffic = evidence.traffic();
        PartnerRecord record = evidence.partner();
        Evidence.Counts counts = evidence.counts();
        return new Report(
                evidence.took().toMillis(),
                traffic.accepted(),
                traffic.rejected(),
                traffic.wronglyAccepted(),
                traffic.wronglyRejected(),
                traffic.unclearAnswers(),
                counts.classified(),
                counts.profileWrites(),
                evidence.changeIds().size(),
                counts.setAside(),
                lost.count(),
                record.deliveries().size(),
                superseded(),
                partner.duplicates().count(),
                record.redelivered(),
                Percentiles.fromPost(record.deliveries(), evidence.firstSentNanos()),
                Percentiles.fromInterception(record.deliveries()),
                Percentiles.fromDue(record.deliveries(), evidence.took()),
                truth.memberships().size(),
                memberships.count(),
                pushes.count(),
                truth.uncertainEvents(),
                truth.uncertainPeople().size(),
                evidence.faults(),
                failures(),
                words());
    }

    private List<String> failures() {
        Traffic traffic = evidence.traffic();
        PartnerRecord record = evidence.partner();
        var failures = new ArrayList<String>();
        failIf(failures, lost.count(), "accepted events are lost");
        failIf(failures, stored.count(), "rejected events are in the lake");
        failIf(failures, memberships.count(), "memberships differ from the truth");
        failIf(failures, pushes.count(), "memberships at the partner differ from the truth");
        failIf(failures, partner.duplicates().count(), "deliveries told the partner something again");
        failIf(failures, evidence.counts().setAside(), "records were set aside");
        failures.addAll(pushesAgainstChanges());
        failIf(failures, record.altered(), "deliveries came again with another body");
        failIf(failures, record.badSignatures(), "deliveries were not properly signed");
        failIf(failures, record.unreadable(), "deliveries were not readable");
        failIf(failures, record.overflowed(), "deliveries did not fit into the partner's memory");
        failIf(failures, traffic.wronglyAccepted(), "broken events were accepted");
        failIf(failures, traffic.wronglyRejected(), "good events were rejected");
        failIf(failures, traffic.failedSignUps(), "profile rows could not be written");
        failIf(failures, truth.uncertainEvents(), "events have no definite answer");
        if (traffic.eventsSent() > 0 && truth.memberships().isEmpty()) {
            failures.add("nothing could be compared: no event of anybody has a definite answer");
        }
        if (evidence.faults().asked() && evidence.faults().total() == 0) {
            failures.add("chaos was asked for and no fault happened");
        }
        return failures;
    }

    /**
     * Every delivery is of a change on the stream, under its id. Not every change is delivered: who left again before the
     * partner heard of the entering is not spoken of. What the partner was told last is judged person by person.
     */
    private List<String> pushesAgainstChanges() {
        long unknown = delivered.stream()
                .filter(id -> !evidence.changeIds().contains(id))
                .count();
        return unknown == 0 ? List.of() : List.of("%d deliveries are of no change on the stream".formatted(unknown));
    }

    private long superseded() {
        return evidence.changeIds().stream()
                .filter(id -> !delivered.contains(id))
                .count();
    }

    private static void failIf(List<String> failures, long count, String words) {
        if (count > 0) {
            failures.add(count + " " + words);
        }
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        List.of(lost, stored, memberships, pushes, partner.duplicates()).forEach(part -> words.addAll(part.words()));
        words.addAll(evidence.traffic().problems());
        return words.subList(0, Math.min(MAX_WORDS, words.size()));
    }
}
