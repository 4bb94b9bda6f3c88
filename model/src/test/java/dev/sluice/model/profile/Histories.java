package dev.sluice.model.profile;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Generated histories of one person and the rules they are tried with; all from a seed. */
final class Histories {
    static final PersonKey PERSON = new PersonKey("demo", "u1");
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** After every event of {@link #copies}. */
    static final Instant END = START.plusSeconds(3_700);

    static final RuleSet RULES = new RuleSet("demo", 1, RuleSetJson.readSegments("""
                    {"segments":[
                      {"id":"active","kind":"live","when":{"count":{"name":"Open","last":"PT10M","atLeast":3}}},
                      {"id":"quiet","kind":"live","parent":"root","when":{"count":{"name":"Play","last":"PT15M","exactly":0}}},
                      {"id":"root","kind":"live","when":{"event":{"name":"Play","where":[{"property":"n","atLeast":8}]}}},
                      {"id":"fan","kind":"append","parent":"root","when":{"count":{"name":"Click","where":[{"property":"b","equals":"A"}],"last":"PT5M","atLeast":2}}},
                      {"id":"one","kind":"overwrite","group":"tier","rank":1,"when":{"count":{"name":"Buy","last":"PT20M","atLeast":1}}},
                      {"id":"two","kind":"overwrite","group":"tier","rank":2,"when":{"count":{"name":"Buy","last":"PT20M","atLeast":2}}},
                      {"id":"four","kind":"overwrite","group":"tier","rank":3,"when":{"count":{"name":"Buy","last":"PT20M","atLeast":4}}},
                      {"id":"north","kind":"live","when":{"allOf":[{"trait":"country","oneOf":["US","CA"]},{"not":{"trait":"age","lessThan":18}}]}}
                    ]}""".getBytes(StandardCharsets.UTF_8)));

    /** The segments above and others that refer to them, and that ask for more than counts. */
    static final RuleSet WHOLE_LANGUAGE = new RuleSet(
            "demo",
            1,
            Stream.concat(
                            RULES.segments().stream(),
                            RuleSetJson.readSegments("""
                    {"segments":[
                      {"id":"buying-fan","kind":"live","when":{"allOf":[{"segment":"one"},{"segment":"fan"}]}},
                      {"id":"rooted","kind":"append","when":{"allOf":[{"segment":"root"},{"not":{"segment":"buying-fan"}}]}},
                      {"id":"two-now","kind":"live","when":{"segment":"two"}},
                      {"id":"played-much","kind":"live","when":{"sum":{"name":"Play","property":"n","last":"PT20M","atLeast":15}}},
                      {"id":"both-brands","kind":"live","when":{"distinct":{"name":"Click","property":"b","last":"PT30M","atLeast":2}}},
                      {"id":"clicked-then-bought","kind":"live","when":{"sequence":{"first":{"name":"Click"},"then":{"name":"Buy"},"within":"PT5M","last":"PT30M"}}},
                      {"id":"opened-not-played","kind":"live","when":{"sequence":{"first":{"name":"Open"},"notThen":{"name":"Play"},"within":"PT3M","last":"PT15M"}}},
                      {"id":"new","kind":"live","when":{"firstTime":{"name":"Open","ever":true,"withinLast":"PT20M"}}}
                    ]}""".getBytes(StandardCharsets.UTF_8)).stream())
                    .toList());

    /** In minutes: the windows and the spans within which something is to follow, of the rules above. */
    static List<Integer> spans(RuleSet rules) {
        return hasSequences(rules) ? List.of(3, 5, 10, 15, 20, 30) : List.of(5, 10, 15, 20);
    }

    static boolean hasSequences(RuleSet rules) {
        return rules.equals(WHOLE_LANGUAGE);
    }

    private static final List<String> NAMES = List.of("Open", "Play", "Click", "Buy", "Unneeded");

    private Histories() {}

    /** Up to 30 events within an hour, some at the same instant, each with one to three copies. */
    static List<Event> copies(Random random) {
        List<Event> copies = new ArrayList<>();
        int events = 1 + random.nextInt(30);
        for (int i = 0; i < events; i++) {
            Event event = event("m" + random.nextInt(10) + "-" + i, random);
            copies.add(event);
            for (int more = random.nextInt(3); more > 0; more--) {
                copies.add(copy(event, random));
            }
        }
        return unambiguous(copies);
    }

    /** The same copies in another order. */
    static List<Event> shuffled(List<Event> copies, Random random) {
        List<Event> shuffled = new ArrayList<>(copies);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** Many events within some hours, each once. */
    static List<Event> busy(Random random, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = event("m%05d".formatted(i), random);
            Instant time = START.plusSeconds(8L * i + random.nextInt(8));
            events.add(new Event(
                    event.key(),
                    event.id(),
                    event.type(),
                    event.name(),
                    time,
                    time,
                    event.traceparent(),
                    event.properties(),
                    event.traits()));
        }
        return events;
    }

    /** Each event at most {@code places} from its own place. */
    static List<Event> jostled(List<Event> events, Random random, int places) {
        List<Event> jostled = new ArrayList<>();
        for (int from = 0; from < events.size(); from += places) {
            jostled.addAll(shuffled(events.subList(from, Math.min(events.size(), from + places)), random));
        }
        return jostled;
    }

    private static Event event(String id, Random random) {
        Instant time = START.plusSeconds(10L * random.nextInt(360));
        Instant received = time.plusMillis(random.nextInt(100_000));
        if (random.nextInt(6) == 0) {
            return new Event(
                    PERSON,
                    id,
                    EventType.IDENTIFY,
                    Optional.empty(),
                    time,
                    received,
                    Optional.empty(),
                    Value.Fields.NONE,
                    traits(random));
        }
        var properties = new Value.Fields(
                Map.of("b", Value.of(random.nextBoolean() ? "A" : "B"), "n", Value.of(random.nextInt(10))));
        return new Event(
                PERSON,
                id,
                EventType.TRACK,
                Optional.of(NAMES.get(random.nextInt(NAMES.size()))),
                time,
                received,
                Optional.empty(),
                properties,
                Value.Fields.NONE);
    }

    private static Value.Fields traits(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Value.Fields(Map.of("country", Value.of("US")));
            case 1 -> new Value.Fields(Map.of("country", Value.of("DE"), "age", Value.of(17)));
            case 2 -> new Value.Fields(Map.of("country", Value.NOTHING));
            default -> new Value.Fields(Map.of("country", Value.of("CA"), "age", Value.of(18)));
        };
    }

    /** A retry: received at another time, and so corrected to another event time if the client's clock was wrong. */
    private static Event copy(Event event, Random random) {
        long millis = random.nextInt(20_000) - 10_000;
        return new Event(
                event.key(),
                event.id(),
                event.type(),
                event.name(),
                random.nextBoolean() ? event.timestamp() : event.timestamp().plusMillis(millis),
                event.receivedAt().plusMillis(millis),
                event.traceparent(),
                event.properties(),
                event.traits());
    }

    /** Copies of one id that were received in the same millisecond differ in nothing else. */
    private static List<Event> unambiguous(List<Event> copies) {
        Map<String, Event> seen = new HashMap<>();
        return copies.stream()
                .map(copy -> {
                    Event first = seen.putIfAbsent(copy.id() + "@" + copy.receivedAt(), copy);
                    return first == null ? copy : first;
                })
                .toList();
    }
}
