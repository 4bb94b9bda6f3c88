package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.drools.Explanation;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Promises: a person is explained at the newest kept event, with what the person was in before it; where there are no
 * rules, no such segment or no such person there is nothing to explain, and no account is taken on; more questions at
 * once than there is room for are to be asked again.
 */
class ExplanationsTest {
    private static final PersonKey ANNA = Samples.person("anna");
    private static final RuleSet RULES =
            new RuleSet("demo", 7, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"buyer","kind":"append","when":{"event":{"name":"Order Completed"}}},
              {"id":"skipping-buyer","kind":"live","when":{"allOf":[
                {"segment":"buyer"},{"count":{"name":"Ad Skipped","last":"P1D","atLeast":2}}]}}]}""".getBytes(StandardCharsets.UTF_8)));

    private final MemoryUserStates states = new MemoryUserStates();
    private final RunningRules rules = running();
    private final Explanations explanations =
            new Explanations(rules, states, new Explanation(RuleFunctions.installed()));

    private static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(RULES);
        var rules = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
        rules.poll();
        return rules;
    }

    @Test
    void aPersonIsExplainedAtTheNewestKeptEventWithWhatWasBefore() {
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
        within.add(new Explanations(rules, states, (set, segment, observation) -> {
            asked.incrementAndGet();
            answers.add(within.getFirst().explain(ANNA, segment));
            return Optional.empty();
        }));
        within.getFirst().explain(ANNA, "buyer");
        assertThat(asked).hasValue(Explanations.TOGETHER);
        assertThat(answers.getFirst()).isEqualTo(new Answer.Unreachable<>("too many explanations at once"));

        within.getFirst().explain(ANNA, "buyer");
        assertThat(asked).as("places are free again").hasValue(2 * Explanations.TOGETHER);
    }

    private Optional<byte[]> found(PersonKey key, String segment) {
        return explanations.explain(key, segment) instanceof Answer.Found<Optional<byte[]>>(var found)
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
