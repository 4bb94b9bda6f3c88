package dev.sluice.benchmarks;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.rules.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** What is kept of people, always the same. Used by one thread. */
final class SamplePeople {
    /** Kept events of a typical person. */
    static final int TYPICAL_EVENTS = 60;

    private static final List<String> NAMES =
            List.of("Application Opened", "Ad Clicked", "Ad Skipped", "Card Played", "Order Completed");
    private static final List<String> BRANDS = List.of("Acme Cola", "Umbra Shoes", "Nordwind", "Pixel Bank");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** The longest text of one kept event: {@code BoundedValues} keeps twice this of each of two values. */
    private static final int LONGEST_TEXT = 1024;

    private final SplittableRandom random;

    SamplePeople(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A player with {@value #TYPICAL_EVENTS} kept events of two properties each, in twelve segments. */
    Recent typical() {
        return recent(
                TYPICAL_EVENTS,
                12,
                Map.of(
                        "country", Value.of("US"),
                        "plan", Value.of("gold"),
                        "age", Value.of(37)));
    }

    /** A player with so many kept events of no properties, in seven segments. */
    Recent keeping(int events) {
        FoldState state = state(7, Map.of("country", Value.of("US")));
        return new Recent(
                1,
                state,
                IntStream.range(0, events).mapToObj(i -> event(i, Map.of())).toList(),
                state,
                Optional.empty());
    }

    /** As many events as may be kept, each with as much text as is kept of one. */
    Recent worst() {
        List<Occurrence> events = IntStream.range(0, Recent.MAX_EVENTS)
                .mapToObj(i -> event(i, Map.of("first", Value.of(text()), "second", Value.of(text()))))
                .toList();
        FoldState state = state(1_000, Map.of());
        return new Recent(1, state, events, state, Optional.empty());
    }

    /** A row of eight columns, as {@code profile}. */
    String row() {
        return "{\"deviceId\":\"" + id() + "\",\"country\":\"US\",\"language\":\"en\",\"deviceOS\":\"iOS\","
                + "\"age\":" + random.nextInt(18, 80) + ",\"consent\":true,\"signedUp\":\"2025-03-01\",\"level\":"
                + random.nextInt(100) + "}";
    }

    /** Five numbers, as {@code stats}. */
    String statistics() {
        return "{\"sessions30d\":" + random.nextInt(90) + ",\"spend90d\":" + random.nextInt(10_000)
                + ",\"isRegularPlayer\":true,\"ltv\":" + random.nextInt(100_000) + ",\"favourite\":\"Nordwind\"}";
    }

    private Recent recent(int count, int segments, Map<String, Value> traits) {
        List<Occurrence> events = IntStream.range(0, count)
                .mapToObj(i -> event(
                        i,
                        Map.of(
                                "brand", Value.of(BRANDS.get(random.nextInt(BRANDS.size()))),
                                "seconds", Value.of(random.nextInt(30)))))
                .toList();
        return new Recent(1, state(segments / 2, traits), events, state(segments, traits), Optional.empty());
    }

    private Occurrence event(int index, Map<String, Value> details) {
        Instant time = START.plus(Duration.ofMinutes(479L * index)).plusMillis(random.nextInt(60_000));
        return new Occurrence(
                id(),
                EventType.TRACK,
                Optional.of(NAMES.get(random.nextInt(NAMES.size()))),
                time,
                time.plusMillis(95),
                new Value.Fields(details));
    }

    private FoldState state(int segments, Map<String, Value> traits) {
        Map<String, Membership> memberships = new LinkedHashMap<>();
        for (int i = 0; i < segments; i++) {
            memberships.put(
                    "segment-of-players-" + i, new Membership(START.plusSeconds(random.nextInt(86_400)), 1, true));
        }
        return new FoldState(
                START,
                id(),
                new Value.Fields(traits),
                Snapshot.NONE,
                Snapshot.NONE,
                memberships,
                List.of(),
                Optional.of(START.plus(Duration.ofDays(7))));
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String text() {
        var text = new StringBuilder(LONGEST_TEXT);
        while (text.length() < LONGEST_TEXT) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
