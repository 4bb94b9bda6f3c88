package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Beside agreeing with the evaluator:
 *
 * <ul>
 *   <li>nothing of one observation is left for the next, in an idle session nothing of anyone, not even after a failure;
 *   <li>threads may share it;
 *   <li>conditions that differ only in their values are never taken for one another, however the values are spelt;
 *   <li>a rule set without segments matches nothing; a large one matches all that it should.
 * </ul>
 */
class DroolsMatcherTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void nothingOfOneObservationIsLeftForTheNext() {
        var matcher = DroolsMatcher.of(rules(List.of(brand("a"), brand("b"))));

        assertThat(matcher.matching(clicked("a"))).containsExactly("s0");
        assertThat(matcher.matching(clicked("c"))).isEmpty();
        assertThat(matcher.matching(clicked("b"))).containsExactly("s1");
        assertThat(matcher.keepsNothing()).isTrue();
    }

    @Test
    void anIdleSessionHoldsNothingOfAPerson() {
        RuleSet rules = new GeneratedRules(7).ruleSet(40);
        var matcher = DroolsMatcher.of(rules);
        var generated = new GeneratedRules(7);
        for (int i = 0; i < 200; i++) {
            matcher.matching(generated.observation(rules));
        }
        assertThat(matcher.keepsNothing()).isTrue();
    }

    @Test
    void whatGoesWrongWithOneObservationHarmsNoOther() {
        var matcher = DroolsMatcher.of(rules(List.of(brand("a"))));
        Observation broken =
                new Observation(clicked("a").current(), Value.Fields.NONE, Value.Fields.NONE, new AbstractList<>() {
                    @Override
                    public Occurrence get(int index) {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                });
        var counting = DroolsMatcher.of(rules(List.of(
                new History.EventCount(EventFilter.track("Ad Clicked"), new Window.Ever(), Operator.AT_LEAST, 1))));

        assertThatThrownBy(() -> counting.matching(broken)).hasMessage("broken");
        assertThat(counting.matching(clicked("a"))).containsExactly("s0");
        assertThat(counting.keepsNothing()).isTrue();
        assertThat(matcher.matching(broken)).containsExactly("s0");
    }

    @Test
    void threadsMayShareIt() {
        RuleSet rules = new GeneratedRules(1).ruleSet(30);
        var matcher = DroolsMatcher.of(rules);
        var evaluator = new RuleEvaluator(rules);
        List<CompletableFuture<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var generated = new GeneratedRules(100 + i);
            List<Observation> seen = Stream.generate(() -> generated.observation(rules))
                    .limit(300)
                    .toList();
            threads.add(CompletableFuture.supplyAsync(
                    () -> seen.stream().allMatch(one -> matcher.matching(one).equals(evaluator.matching(one)))));
        }
        assertThat(threads.stream().map(CompletableFuture::join)).containsOnly(true);
        assertThat(matcher.keepsNothing()).isTrue();
    }

    @Test
    void conditionsThatDifferOnlyInTheirValuesAreNotTakenForOneAnother() {
        Condition either = new History.EventCount(
                EventFilter.track("a"), new Window.Last(Duration.ofDays(1)), Operator.AT_LEAST, 1);
        List<Condition> conditions = List.of(
                brand("x], Text[text=y"),
                where(new ValueTest.OneOf(List.of(Value.of("x"), Value.of("y")), false)),
                where(new ValueTest.OneOf(List.of(Value.of("1")), false)),
                where(new ValueTest.OneOf(List.of(Value.of(1)), false)),
                where(new ValueTest.OneOf(List.of(Value.of(true)), false)),
                where(new ValueTest.OneOf(List.of(Value.of("true")), false)),
                either,
                new Condition.Not(either));
        var matcher = DroolsMatcher.of(rules(conditions));

        assertThat(matcher.matching(clicked("x], Text[text=y"))).isEqualTo(Set.of("s0", "s7"));
        assertThat(matcher.matching(clicked("y"))).isEqualTo(Set.of("s1", "s7"));
        assertThat(matcher.matching(clicked("1"))).isEqualTo(Set.of("s2", "s7"));
        assertThat(matcher.matching(clicked(Value.of(1)))).isEqualTo(Set.of("s3", "s7"));
        assertThat(matcher.matching(clicked(Value.of(true)))).isEqualTo(Set.of("s4", "s7"));
        assertThat(matcher.matching(clicked("true"))).isEqualTo(Set.of("s5", "s7"));
    }

    @Test
    void namesWithColonsAreNotTakenForTypes() {
        var page = new EventFilter(EventType.PAGE, Optional.of("x"), List.of());
        var track = EventFilter.track("page:x");
        var matcher =
                DroolsMatcher.of(rules(List.of(new Condition.CurrentEvent(page), new Condition.CurrentEvent(track))));

        assertThat(matcher.matching(seen(occurrence(EventType.PAGE, Optional.of("x"), Value.Fields.NONE))))
                .containsExactly("s0");
        assertThat(matcher.matching(seen(occurrence(EventType.TRACK, Optional.of("page:x"), Value.Fields.NONE))))
                .containsExactly("s1");
        assertThat(matcher.matching(seen(occurrence(EventType.PAGE, Optional.empty(), Value.Fields.NONE))))
                .isEmpty();
    }

    @Test
    void aRuleSetWithoutSegmentsMatchesNothing() {
        assertThat(DroolsMatcher.of(rules(List.of())).matching(clicked("a"))).isEmpty();
    }

    @Test
    void aLargeRuleSetMatchesAllThatItShould() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            conditions.add(i % 2 == 0 ? brand("a") : brand("b" + i));
        }
        assertThat(DroolsMatcher.of(rules(conditions)).matching(clicked("a"))).hasSize(250);
    }

    private static RuleSet rules(List<Condition> conditions) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            segments.add(new Segment("s" + i, "S", new Segment.Live(), Optional.empty(), conditions.get(i)));
        }
        return new RuleSet("demo", 1, segments);
    }

    private static Condition brand(String brand) {
        return where(new ValueTest.OneOf(List.of(Value.of(brand)), false));
    }

    private static Condition where(ValueTest test) {
        return new Condition.CurrentEvent(new EventFilter(
                EventType.TRACK, Optional.of("Ad Clicked"), List.of(new EventFilter.PropertyTest("brand", test))));
    }

    private static Observation clicked(String brand) {
        return clicked(Value.of(brand));
    }

    private static Observation clicked(Value brand) {
        return seen(occurrence(EventType.TRACK, Optional.of("Ad Clicked"), new Value.Fields(Map.of("brand", brand))));
    }

    private static Occurrence occurrence(EventType type, Optional<String> name, Value.Fields details) {
        return new Occurrence("e1", type, name, NOON, NOON, details);
    }

    private static Observation seen(Occurrence event) {
        return new Observation(event, Value.Fields.NONE, Value.Fields.NONE, List.of(event));
    }
}
