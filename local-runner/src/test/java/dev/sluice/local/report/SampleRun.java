package dev.sluice.local.report;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.simulator.Traffic;
import dev.sluice.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run as it must be, for tests to break one thing of it: ann entered and left lapsed and is new; bob is in nothing. One
 * thread.
 */
final class SampleRun {
    static final Instant T = Instant.parse("2026-11-21T12:00:00Z");

    final SortedMap<String, SortedMap<String, Instant>> expected =
            new TreeMap<>(Map.of("demo/ann", new TreeMap<>(Map.of("new-player", T)), "demo/bob", new TreeMap<>()));
    final Map<String, Map<String, Instant>> profiles =
            new TreeMap<>(Map.of("demo/ann", new TreeMap<>(Map.of("new-player", T))));
    final List<Delivery> deliveries = new ArrayList<>(List.of(
            delivery("m3", false, "demo/ann", "lapsed", 2),
            delivery("m1", true, "demo/ann", "new-player", 1),
            delivery("m2", true, "demo/ann", "lapsed", 1)));
    final Set<String> lake = new HashSet<>(Set.of("e1", "e2", "extra"));
    Set<String> uncertainPeople = Set.of();
    int uncertainEvents;
    Traffic traffic = traffic(0, 0);
    long altered;
    long badSignatures;
    final Set<String> changes = new TreeSet<>(Set.of("m1", "m2", "m3"));
    long setAside;
    Faults faults = Faults.NONE;

    Report judge() {
        var truth = new Truth("demo", expected, Set.of("e1", "e2"), Set.of("r1"), uncertainEvents, uncertainPeople);
        var partner = new PartnerRecord(deliveries, 5, altered, badSignatures, 0, 0, 0);
        return Verdict.judge(new Evidence(
                truth,
                traffic,
                profiles,
                lake,
                partner,
                changes,
                new Evidence.Counts(10, 8, setAside),
                id -> id.equals("e1") ? OptionalLong.of(1_000_000) : OptionalLong.empty(),
                Duration.ofMinutes(1),
                faults));
    }

    static Traffic traffic(long wronglyAccepted, long wronglyRejected) {
        return new Traffic(5, 6, 3, 2, 1, wronglyAccepted, wronglyRejected, 0, 0, 0, Duration.ZERO, List.of());
    }

    static Delivery delivery(String id, boolean entered, String person, String segment, long version) {
        return delivery(id, entered, person, segment, version, "event");
    }

    static Delivery delivery(String id, boolean entered, String person, String segment, long version, String cause) {
        return new Delivery(
                id,
                entered,
                person,
                segment,
                version,
                cause,
                "e1",
                T.minusMillis(20),
                T,
                T,
                5_000_000,
                "body of " + id);
    }
}
