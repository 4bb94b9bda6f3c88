package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventJson;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
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
 * Promises:
 *
 * <ul>
 *   <li>a person is explained as of now, with what the person was in before;
 *   <li>a name that goes by a person is answered for that person, also of what was settled before, and also when its state
 *       has gone;
 *   <li>where there are no rules, no such segment or no such person there is nothing to explain, and no account is taken on;
 *   <li>more questions at once than there is room for are to be asked again; and nothing is written for any of them.
 * </ul>
 */
class ExplanationsTest {
    private final ExplanationsUnderTest under = new ExplanationsUnderTest();

    @Test
    void aPersonIsExplainedAsOfNowWithWhatWasBefore() {
        keep("Order Completed", "Ad Skipped", "Ad Skipped");

        Value.Fields explained = JsonText.readObject(
                found(ExplanationsUnderTest.ANNA, "skipping-buyer").orElseThrow());

        assertThat(explained.flag("true")).isTrue();
        assertThat(explained.whole("ruleSet")).isEqualTo(7);
        assertThat(explained.text("event")).isEqualTo("e2");
        assertThat(explained.list("nodes"))
                .isEqualTo(ExplanationsUnderTest.json("""
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

        assertThat(found(ExplanationsUnderTest.ANNA, "unknown")).isEmpty();
        assertThat(found(Samples.person("nobody"), "buyer")).isEmpty();
        assertThat(found(PersonKey.ofUser("other", "anna"), "buyer")).isEmpty();
        assertThat(found(ExplanationsUnderTest.ANNA, "buyer")).isPresent();
        assertThat(under.rules.accounts())
                .as("nobody is taken on for a question")
                .containsExactly("demo");
    }

    @Test
    void theNewestEventIsTheNewestAlsoWhenOlderOnesAreSettled() {
        var first = ExplanationsUnderTest.occurrence("e0", Samples.NOON);
        var last = ExplanationsUnderTest.occurrence(
                "e1", Samples.NOON.plus(Recent.MAX_LATENESS).plusSeconds(1));
        var head = Samples.folded(last.time(), last.id(), Value.Fields.NONE, Map.of());
        var recent = Samples.recent(ExplanationsUnderTest.RULES.number(), List.of(first, last), head);
        assertThat(under.states.keep(List.of(new UserStates.Change(ExplanationsUnderTest.ANNA, 0, recent))))
                .containsEntry(ExplanationsUnderTest.ANNA, WriteResult.WRITTEN);

        assertThat(JsonText.readObject(
                                found(ExplanationsUnderTest.ANNA, "buyer").orElseThrow())
                        .text("event"))
                .isEqualTo("e1");
    }

    @Test
    void aNameThatGoesByAPersonIsAnsweredForThatPerson() {
        PersonKey bea = Samples.person("bea");
        PersonKey cleo = Samples.person("cleo");
        int settled = (int) Recent.MAX_LATENESS.toMinutes() + 10;
        under.now = Samples.NOON.plus(Recent.MAX_LATENESS).plusSeconds(3_600);
        var classifier = new Classifier(under.rules, under.stores(), new Tally(), Samples.PATIENT);
        classify(
                classifier,
                Samples.line(ExplanationsUnderTest.ANNA, "e1", "Order Completed", 0),
                Samples.line(ExplanationsUnderTest.ANNA, "e2", "Ad Skipped", settled),
                Samples.line(Household.alias(bea, "e3", "anna", settled + 1)),
                Samples.line(Household.alias(cleo, "e4", "bea", settled + 2)),
                Samples.line(cleo, "e5", "Ad Skipped", settled + 3));
        String now = said(cleo, "skipping-buyer", Optional.empty());
        String before = said(cleo, "buyer", Optional.of(Samples.NOON.plusSeconds(60)));
        assertThat(now).contains("\"standing\":\"is\"").contains("e5");
        assertThat(before).contains("\"standing\":\"is\"");

        for (boolean lost : new boolean[] {false, true}) {
            assertThat(said(ExplanationsUnderTest.ANNA, "skipping-buyer", Optional.empty()))
                    .as("lost: %s", lost)
                    .isEqualTo(now);
            assertThat(said(bea, "buyer", Optional.of(Samples.NOON.plusSeconds(60))))
                    .as("lost: %s", lost)
                    .isEqualTo(before);
            under.states.evict(ExplanationsUnderTest.ANNA);
            under.states.evict(bea);
        }
    }

    @Test
    void whoAsksWhileTooManyAskIsToldToComeBack() {
        keep("Ad Skipped");
        var asked = new AtomicInteger();
        var answers = new ArrayList<Answer<Optional<byte[]>>>();
        var within = new ArrayList<Explanations>();
        within.add(new Explanations(under.rules, under.stores(), (set, segment, explained) -> {
            asked.incrementAndGet();
            answers.add(within.getFirst().explain(ExplanationsUnderTest.ANNA, segment, Optional.empty()));
            return Optional.empty();
        }));
        within.getFirst().explain(ExplanationsUnderTest.ANNA, "buyer", Optional.empty());
        assertThat(asked).hasValue(Explanations.TOGETHER);
        assertThat(answers.getFirst()).isEqualTo(new Answer.Unreachable<>("too many explanations at once"));

        within.getFirst().explain(ExplanationsUnderTest.ANNA, "buyer", Optional.empty());
        assertThat(asked).as("places are free again").hasValue(2 * Explanations.TOGETHER);
    }

    private static void classify(Classifier classifier, byte[]... lines) {
        for (byte[] line : lines) {
            assertThat(classifier.classify(List.of(line)).retry()).isEmpty();
        }
    }

    private String said(PersonKey key, String segment, Optional<Instant> at) {
        if (under.explanations.explain(key, segment, at) instanceof Answer.Found<Optional<byte[]>>(var found)) {
            return new String(found.orElseThrow(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("no answer");
    }

    private Optional<byte[]> found(PersonKey key, String segment) {
        return under.explanations.explain(key, segment, Optional.empty())
                        instanceof Answer.Found<Optional<byte[]>>(var found)
                ? found
                : Optional.empty();
    }

    private void keep(String... events) {
        var nothing = new UserState(ExplanationsUnderTest.ANNA, Recent.NOTHING);
        var arrivals = Stream.iterate(0, i -> i < events.length, i -> i + 1)
                .map(i -> EventJson.read(Samples.line(ExplanationsUnderTest.ANNA, "e" + i, events[i], i)))
                .toList();
        Recent recent = new Fold(ExplanationsUnderTest.RULES, new RuleEvaluator(ExplanationsUnderTest.RULES))
                .take(nothing, arrivals)
                .recent();
        assertThat(under.states.keep(List.of(new UserStates.Change(ExplanationsUnderTest.ANNA, 0, recent))))
                .containsEntry(ExplanationsUnderTest.ANNA, WriteResult.WRITTEN);
    }
}
