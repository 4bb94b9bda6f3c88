package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Shares;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: what is shared changes no segment; it is what rules would see, in whatever order events come; only what is known
 * whole is told, within bounds, the consents always; of whom something is lost what was said stays until something else is
 * said.
 */
class SharingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Shares SHARES =
            new Shares(List.of("email", "deviceTokens", "address"), List.of("product", "price"));
    private static final RuleSet RULES =
            new RuleSet("demo", 1, RuleSetJson.readSegments("""
            {"segments":[{"id":"has-just-played","kind":"live","when":{"event":{"name":"Play"}}}]}
            """.getBytes(StandardCharsets.UTF_8)), SHARES);
    private static final Fold FOLD = new Fold(RULES, new RuleEvaluator(RULES));
    private static final Sharing SHARING = new Sharing(RULES);

    @Test
    void whatIsSharedChangesNoSegment() {
        for (RuleSet rules : List.of(Histories.RULES, Histories.WHOLE_LANGUAGE, withoutTraits(Histories.RULES))) {
            var sharing = new RuleSet(
                    "demo", 1, rules.segments(), new Shares(List.of("country", "age", "name"), List.of("b")));
            var fold = new Fold(sharing, new RuleEvaluator(sharing));
            for (int seed = 0; seed < 500; seed++) {
                var random = new Random(seed);
                List<Event> copies = Histories.copies(random);
                Instant now = Histories.END.plusSeconds(random.nextInt(2_400));

                Recent recent = Recent.NOTHING;
                for (Event copy : Histories.shuffled(copies, random)) {
                    recent = fold.take(state(recent), List.of(copy)).recent();
                }
                recent = fold.take(state(recent), List.of(), Optional.of(now)).recent();

                assertThat(sinces(recent)).as("seed %d", seed).isEqualTo(BruteForceProfile.of(rules, copies, now));
            }
        }
    }

    @Test
    void theRowLiesOverWhatThePersonToldInWhateverOrderTheyCome() {
        List<Event> events = List.of(
                track(0),
                identify(10, Map.of("email", Value.of("a@example.com"), "consents", consents("sms", true))),
                row(7, 20, Map.of("email", Value.of("row@example.com"))),
                identify(30, Map.of("email", Value.of("b@example.com"), "shoeSize", Value.of(42))),
                identify(40, Map.of("deviceTokens", operation("$add", Value.of("t1")))),
                identify(50, Map.of("deviceTokens", operation("$add", Value.of("t2")))),
                identify(60, Map.of("deviceTokens", operation("$remove", Value.of("t1")))));

        for (int seed = 0; seed < 50; seed++) {
            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            Recent recent = Recent.NOTHING;
            for (Event event : shuffled) {
                recent = FOLD.take(state(recent), List.of(event)).recent();
                recent = RecentJson.read(RecentJson.write(recent));
            }
            assertThat(recent.head().memberships()).as("an identify is no play").containsKey("has-just-played");
            assertThat(SHARING.traits(state(recent)).fields())
                    .as("seed %d", seed)
                    .isEqualTo(Map.of(
                            "consents", consents("sms", true),
                            "email", Value.of("row@example.com"),
                            "deviceTokens", list("t2")));
        }
    }

    @Test
    void onlyWhatIsKnownWholeIsTold() {
        Recent recent = take(
                Recent.NOTHING,
                identify(
                        0,
                        Map.of(
                                "email", Value.of("x".repeat(1_024)),
                                "address", new Value.Fields(Map.of("street", Value.of("Elm"))),
                                "deviceTokens", new Value.Many(List.of(Value.of("t1"), Value.Fields.NONE, Value.of(2))),
                                "consents", new Value.Fields(Map.of("sms", Value.of(true), "mail", Value.of("yes"))))));

        assertThat(SHARING.traits(state(recent)).fields())
                .isEqualTo(Map.of(
                        "consents",
                        consents("sms", true),
                        "deviceTokens",
                        new Value.Many(List.of(Value.of("t1"), Value.of(2)))));
    }

    @Test
    void listsAreWholeUpToFiftyElementsAndThePersonsTextsUpToTheirBound() {
        Recent recent = Recent.NOTHING;
        for (int i = 0; i < 60; i++) {
            recent = take(
                    recent,
                    identify(i, Map.of("deviceTokens", operation("$add", Value.of("token-%0200d".formatted(i))))));
        }
        assertThat(SHARING.traits(state(recent)).list("deviceTokens")).hasSize(50);

        for (int i = 0; i < 60; i++) {
            String token = "longer-%0500d".formatted(i);
            recent = take(recent, identify(60 + i, Map.of("address", operation("$add", Value.of(token)))));
        }
        recent = take(recent, identify(200, Map.of("email", Value.of("a@example.com"))));
        assertThat(SHARING.traits(state(recent)).fields()).containsOnlyKeys("email", "deviceTokens");
    }

    @Test
    void withoutSharesNothingIsShared() {
        var rules = new RuleSet("demo", 1, RULES.segments());
        var fold = new Fold(rules, new RuleEvaluator(rules));
        Event identify = identify(0, Map.of("email", Value.of("a@example.com")));

        assertThat(fold.take(state(Recent.NOTHING), List.of(identify)).recent()).isEqualTo(Recent.NOTHING);
        assertThat(new Sharing(rules).traits(state(Recent.NOTHING)).fields()).isEmpty();
        assertThat(new Sharing(rules).event(Optional.of(track(0)), Cause.Kind.EVENT))
                .isEmpty();
    }

    @Test
    void ofWhomSomethingIsLostWhatWasSaidStaysUntilSomethingElseIsSaid() {
        var said = new Value.Fields(Map.of(
                "email", Value.of("a@example.com"), "deviceTokens", list("t1"), "phone", Value.of("no longer shared")));
        var held = Optional.of(new Held(NOON, Map.of(), true));
        var lost = new Recent(1, FoldState.START, List.of(), FoldState.START, held);

        assertThat(SHARING.traits(state(lost), said).fields())
                .isEqualTo(Map.of("email", Value.of("a@example.com"), "deviceTokens", list("t1")));
        Recent since = take(lost, identify(0, Map.of("email", Value.NOTHING, "consents", consents("sms", false))));
        assertThat(SHARING.traits(state(since), said).fields())
                .isEqualTo(Map.of("consents", consents("sms", false), "deviceTokens", list("t1")));
        assertThat(SHARING.traits(state(since.unfolded(Optional.empty())), said).fields())
                .isEqualTo(Map.of("consents", consents("sms", false)));
    }

    @Test
    void ofAnEventInItsTurnOrLateTheSharedPropertiesAreToldAndOfNothingElse() {
        var happening = new Shared.Happening("Play", new Value.Fields(Map.of("product", Value.of("chess"))));

        assertThat(SHARING.event(Optional.of(track(0)), Cause.Kind.EVENT)).contains(happening);
        assertThat(SHARING.event(Optional.of(track(0)), Cause.Kind.CORRECTION)).contains(happening);
        for (Cause.Kind kind : List.of(Cause.Kind.TIME, Cause.Kind.RULES, Cause.Kind.PROFILE, Cause.Kind.MERGE)) {
            assertThat(SHARING.event(Optional.of(track(0)), kind)).isEmpty();
        }
        assertThat(SHARING.event(Optional.of(identify(0, Map.of())), Cause.Kind.EVENT))
                .isEmpty();
        assertThat(SHARING.event(Optional.empty(), Cause.Kind.EVENT)).isEmpty();
    }

    private static RuleSet withoutTraits(RuleSet rules) {
        return new RuleSet(
                rules.account(),
                rules.number(),
                rules.segments().stream()
                        .filter(segment -> !segment.id().equals("north"))
                        .toList());
    }

    private static Recent take(Recent before, Event event) {
        return FOLD.take(state(before), List.of(event)).recent();
    }

    private static UserState state(Recent recent) {
        return new UserState(Histories.PERSON, recent);
    }

    private static Map<String, Instant> sinces(Recent recent) {
        Map<String, Instant> sinces = new TreeMap<>();
        recent.head().memberships().forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }

    private static Value consents(String channel, boolean given) {
        return new Value.Fields(Map.of(channel, Value.of(given)));
    }

    private static Value list(String... texts) {
        return new Value.Many(IntStream.range(0, texts.length)
                .<Value>mapToObj(i -> Value.of(texts[i]))
                .toList());
    }

    private static Value operation(String name, Value operand) {
        return new Value.Fields(Map.of(name, operand));
    }

    private static Event track(int second) {
        return event(
                EventType.TRACK,
                second,
                Map.of("product", Value.of("chess"), "secret", Value.of("s"), "price", Value.Fields.NONE),
                Map.of());
    }

    private static Event identify(int second, Map<String, Value> traits) {
        return event(EventType.IDENTIFY, second, Map.of(), traits);
    }

    private static Event row(int version, int second, Map<String, Value> traits) {
        return event(EventType.USER_PROFILE, second, Map.of("version", Value.of(version)), traits);
    }

    private static Event event(EventType type, int second, Map<String, Value> properties, Map<String, Value> traits) {
        Instant at = NOON.plusSeconds(second);
        return new Event(
                Histories.PERSON,
                "m%04d".formatted(second),
                type,
                type == EventType.TRACK ? Optional.of("Play") : Optional.empty(),
                at,
                at,
                Optional.empty(),
                new Value.Fields(properties),
                new Value.Fields(traits));
    }
}
