package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.drools.Explanation;
import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Promises:
 *
 * <ul>
 *   <li>a person is explained as of now, with what the person was in before; or as of a moment, whatever has happened since;
 *   <li>that someone is, is not, or was in a segment is told, since and until when, and what began or ended it, be it time
 *       alone;
 *   <li>of a moment before what is kept, what is known of the past is told, and that more cannot be;
 *   <li>of someone whose state is lost, that the memberships are held;
 *   <li>where there are no rules, no such segment or no such person there is nothing to explain, and no account is taken on;
 *   <li>more questions at once than there is room for are to be asked again; and nothing is written for any of them.
 * </ul>
 */
class ExplanationsTest {
    private static final PersonKey ANNA = Samples.person("anna");
    private static final RuleSet RULES =
            new RuleSet("demo", 7, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"buyer","kind":"append","when":{"event":{"name":"Order Completed"}}},
              {"id":"skipping-buyer","kind":"live","when":{"allOf":[
                {"segment":"buyer"},{"count":{"name":"Ad Skipped","last":"P1D","atLeast":2}}]}},
              {"id":"quiet","kind":"live","when":{"count":{"name":"Ad Skipped","last":"P1D","exactly":0}}}]}""".getBytes(StandardCharsets.UTF_8)));

    private static final Instant SKIPPED = Samples.NOON.plusSeconds(120);

    /** The first of the two leaves the window. */
    private static final Instant DAY_LATER =
            Samples.NOON.plus(Duration.ofDays(1)).plusSeconds(60);

    private final AtomicInteger tokens = new AtomicInteger();
    private final MemoryDueIndex dues = new MemoryDueIndex();
    private final MemoryUserStates states = new MemoryUserStates();
    private final RunningRules rules = running();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private Instant now = Samples.NOON.plusSeconds(600);
    private final Explanations explanations =
            new Explanations(rules, stores(), new Explanation(RuleFunctions.installed()));

    private static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(RULES);
        var rules = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
        rules.poll();
        return rules;
    }

    @Test
    void aPersonIsExplainedAsOfNowWithWhatWasBefore() {
        keep("Order Completed", "Ad Skipped", "Ad Skipped");

        Value.Fields explained =
                JsonText.readObject(found(ANNA, "skipping-buyer").orElseThrow());

        assertThat(explained.flag("true")).isTrue();
        assertThat(explained.whole("ruleSet")).isEqualTo(7);
        assertThat(explained.text("event")).isEqualTo("e2");
        assertThat(explained.list("nodes")).isEqualTo(json("""
                {"nodes":[
                  {"true":true,"allOf":[1,4]},
                  {"true":true,"anyOf":[2,3]},
                  {"true":false,"condition":{"event":{"name":"Order Completed"}},
                   "saw":{"type":"track","name":"Ad Skipped"}},
                  {"true":true,"wasIn":"buyer","saw":true},
                  {"true":true,"condition":{"count":{"name":"Ad Skipped","last":"P1D","atLeast":2}},"saw":2}]}""").list("nodes"));
    }

    @Test
    void whereThereIsNothingThereIsNothingToExplain() {
        keep("Ad Skipped");

        assertThat(found(ANNA, "unknown")).isEmpty();
        assertThat(found(Samples.person("nobody"), "buyer")).isEmpty();
        assertThat(found(PersonKey.ofUser("other", "anna"), "buyer")).isEmpty();
        assertThat(found(ANNA, "buyer")).isPresent();
        assertThat(rules.accounts()).as("nobody is taken on for a question").containsExactly("demo");
    }

    @Test
    void theNewestEventIsTheNewestAlsoWhenOlderOnesAreSettled() {
        var first = occurrence("e0", Samples.NOON);
        var last = occurrence("e1", Samples.NOON.plus(Recent.MAX_LATENESS).plusSeconds(1));
        var head = Samples.folded(last.time(), last.id(), Value.Fields.NONE, Map.of());
        var recent = Samples.recent(RULES.number(), List.of(first, last), head);
        assertThat(states.keep(List.of(new UserStates.Change(ANNA, 0, recent))))
                .containsEntry(ANNA, WriteResult.WRITTEN);

        assertThat(JsonText.readObject(found(ANNA, "buyer").orElseThrow()).text("event"))
                .isEqualTo("e1");
    }

    private static Occurrence occurrence(String id, Instant at) {
        return new Occurrence(id, EventType.TRACK, Optional.of("Ad Skipped"), at, at, Value.Fields.NONE);
    }

    @Test
    void whoAsksWhileTooManyAskIsToldToComeBack() {
        keep("Ad Skipped");
        var asked = new AtomicInteger();
        var answers = new ArrayList<Answer<Optional<byte[]>>>();
        var within = new ArrayList<Explanations>();
        within.add(new Explanations(rules, stores(), (set, segment, explained) -> {
            asked.incrementAndGet();
            answers.add(within.getFirst().explain(ANNA, segment, Optional.empty()));
            return Optional.empty();
        }));
        within.getFirst().explain(ANNA, "buyer", Optional.empty());
        assertThat(asked).hasValue(Explanations.TOGETHER);
        assertThat(answers.getFirst()).isEqualTo(new Answer.Unreachable<>("too many explanations at once"));

        within.getFirst().explain(ANNA, "buyer", Optional.empty());
        assertThat(asked).as("places are free again").hasValue(2 * Explanations.TOGETHER);
    }

    @Test
    void thatSomeoneIsIsNotOrWasIsToldAtAnyMoment() {
        classify(
                Samples.line(ANNA, "e1", "Order Completed", 0),
                Samples.line(ANNA, "e2", "Ad Skipped", 1),
                Samples.line(ANNA, "e3", "Ad Skipped", 2));
        now = DAY_LATER.plusSeconds(3600);
        int written = profiles.written().size();

        assertThat(at("skipping-buyer", Samples.NOON.minusMillis(1)))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("untold", Value.of("nothingHappened"))
                .doesNotContainKeys("since", "event", "nodes");
        assertThat(at("skipping-buyer", SKIPPED.minusMillis(1)))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("true", Value.of(false))
                .containsEntry("event", Value.of("e2"))
                .doesNotContainKeys("since", "until", "cause");
        for (Instant moment : List.of(SKIPPED, DAY_LATER.minusMillis(1))) {
            assertThat(at("skipping-buyer", moment))
                    .containsEntry("at", Value.of(moment.toString()))
                    .containsEntry("standing", Value.of("is"))
                    .containsEntry("true", Value.of(true))
                    .containsEntry("since", Value.of(SKIPPED.toString()))
                    .containsEntry("until", Value.of(DAY_LATER.toString()))
                    .containsEntry("cause", json("{\"kind\":\"event\",\"eventId\":\"e3\"}"));
        }
        Map<String, Value> nowTold = told("skipping-buyer", Optional.empty());
        assertThat(nowTold).isEqualTo(at("skipping-buyer", now));
        assertThat(nowTold)
                .containsEntry("standing", Value.of("was"))
                .containsEntry("true", Value.of(false))
                .containsEntry("since", Value.of(SKIPPED.toString()))
                .containsEntry("until", Value.of(DAY_LATER.toString()))
                .containsEntry("cause", json("{\"kind\":\"time\"}"));
        assertThat(profiles.written()).as("nothing is written").hasSize(written);
    }

    @Test
    void thatTimeAloneBeganItIsToldBeforeAnyoneActedOnIt() {
        classify(Samples.line(ANNA, "e1", "Ad Skipped", 0));
        now = Samples.NOON.plus(Duration.ofDays(1)).plusSeconds(1);

        assertThat(told("quiet", Optional.empty()))
                .containsEntry("standing", Value.of("is"))
                .containsEntry("since", Value.of("2026-11-22T12:00:00Z"))
                .containsEntry("cause", json("{\"kind\":\"time\"}"))
                .containsEntry("event", Value.of("e1"))
                .doesNotContainKey("until");
    }

    @Test
    void whenAMembershipWillEndIsToldWhileItLasts() {
        classify(Samples.line(ANNA, "e1", "Ad Skipped", 1), Samples.line(ANNA, "e2", "Order Completed", 2));
        classify(Samples.line(ANNA, "e3", "Ad Skipped", 3));
        now = Samples.NOON.plusSeconds(600);

        assertThat(told("skipping-buyer", Optional.empty()))
                .containsEntry(
                        "until",
                        Value.of(Samples.NOON
                                .plus(Duration.ofDays(1))
                                .plusSeconds(60)
                                .toString()));
    }

    @Test
    void ofAMomentBeforeWhatIsKeptOnlyWhatIsKnownOfThePastIsTold() {
        Instant settled = Samples.NOON.minus(Duration.ofDays(10));
        var base = new FoldState(
                settled,
                "e0",
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                Map.of("buyer", new Membership(settled.minusSeconds(100), 7, true)),
                List.of(new PastMembership(
                        "skipping-buyer", settled.minusSeconds(50), settled.minusSeconds(40), 7, true)),
                Optional.empty());
        var kept = new Recent(7, base, List.of(occurrence("e1", Samples.NOON)), base, Optional.empty());
        assertThat(states.keep(List.of(new UserStates.Change(ANNA, 0, kept)))).containsEntry(ANNA, WriteResult.WRITTEN);

        assertThat(at("buyer", settled.minusSeconds(1)))
                .containsEntry("standing", Value.of("is"))
                .containsEntry("untold", Value.of("beforeWhatIsKept"))
                .containsEntry("since", Value.of(settled.minusSeconds(100).toString()))
                .doesNotContainKeys("true", "nodes", "event", "cause");
        assertThat(at("skipping-buyer", settled.minusSeconds(45))).containsEntry("standing", Value.of("is"));
        assertThat(at("skipping-buyer", settled.minusSeconds(40)))
                .containsEntry("standing", Value.of("was"))
                .containsEntry("until", Value.of(settled.minusSeconds(40).toString()));
        assertThat(at("skipping-buyer", settled.minusSeconds(51))).containsEntry("standing", Value.of("unknown"));
        assertThat(at("quiet", settled.minusSeconds(1))).containsEntry("standing", Value.of("unknown"));
        assertThat(at("skipping-buyer", settled)).containsEntry("standing", Value.of("was"));
    }

    @Test
    void ofSomeoneWhoseStateIsLostItIsToldThatTheMembershipIsHeld() {
        classify(
                Samples.line(ANNA, "e1", "Order Completed", 0),
                Samples.line(ANNA, "e2", "Ad Skipped", 1),
                Samples.line(ANNA, "e3", "Ad Skipped", 2));
        states.evict(ANNA);
        now = DAY_LATER.plusSeconds(60);

        assertThat(told("skipping-buyer", Optional.empty()))
                .as("nothing is kept")
                .containsEntry("standing", Value.of("is"))
                .containsEntry("held", Value.of(now.toString()))
                .containsEntry("untold", Value.of("lost"));
        assertThat(at("skipping-buyer", SKIPPED.minusMillis(1))).containsEntry("standing", Value.of("unknown"));

        classify(Samples.line(ANNA, "e4", "Ad Skipped", 24 * 60 + 2));
        Instant lost = now;
        now = DAY_LATER.plusSeconds(120);
        assertThat(told("skipping-buyer", Optional.empty()))
                .as("of what is kept since, the condition is not true")
                .containsEntry("standing", Value.of("is"))
                .containsEntry("true", Value.of(false))
                .containsEntry("held", Value.of(lost.toString()))
                .containsEntry("since", Value.of(SKIPPED.toString()));
        assertThat(told("quiet", Optional.empty()))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("lost", Value.of(lost.toString()))
                .doesNotContainKey("held");
    }

    @Test
    void ofAMomentThatIsToComeNothingCanBeSaid() {
        assertThat(explanations.isToCome(now.plusMillis(1))).isTrue();
        assertThat(explanations.isToCome(now)).isFalse();
    }

    private Map<String, Value> at(String segment, Instant moment) {
        return told(segment, Optional.of(moment));
    }

    private Map<String, Value> told(String segment, Optional<Instant> at) {
        if (explanations.explain(ANNA, segment, at) instanceof Answer.Found<Optional<byte[]>>(var found)) {
            return JsonText.readObject(found.orElseThrow()).fields();
        }
        throw new AssertionError("the memory can be read");
    }

    private void classify(byte[]... lines) {
        assertThat(new Classifier(rules, stores(), new Tally(), Samples.PATIENT)
                        .classify(List.of(lines))
                        .classified())
                .isEqualTo(lines.length);
    }

    private Stores stores() {
        return new Stores(states, profiles, dues, new MemoryIdentities(), tokens::toString, () -> now);
    }

    private Optional<byte[]> found(PersonKey key, String segment) {
        return explanations.explain(key, segment, Optional.empty()) instanceof Answer.Found<Optional<byte[]>>(var found)
                ? found
                : Optional.empty();
    }

    private void keep(String... events) {
        var nothing = new UserState(ANNA, Recent.NOTHING);
        var arrivals = Stream.iterate(0, i -> i < events.length, i -> i + 1)
                .map(i -> EventJson.read(Samples.line(ANNA, "e" + i, events[i], i)))
                .toList();
        Recent recent = new Fold(RULES, new RuleEvaluator(RULES))
                .take(nothing, arrivals)
                .recent();
        assertThat(states.keep(List.of(new UserStates.Change(ANNA, 0, recent))))
                .containsEntry(ANNA, WriteResult.WRITTEN);
    }

    private static Value.Fields json(String text) {
        return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
