package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.drools.base.common.NetworkNode;
import org.drools.core.impl.InternalRuleBase;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.ObjectSinkPropagator;
import org.junit.jupiter.api.Test;

/**
 * The network that Drools makes of a rule set:
 *
 * <ul>
 *   <li>segments with the same condition are one rule, and rules that begin alike share the nodes;
 *   <li>two conditions that differ in anything share no node beyond what they have in common, whatever their kind;
 *   <li>an event costs as much as the rules that it can touch, however many others there are.
 * </ul>
 */
class NetworkTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Window WEEK = new Window.Last(Duration.ofDays(7));

    @Test
    void equalConditionsAreOneRuleAndEqualBeginningsAreSharedNodes() {
        Condition bought = total(10);
        Condition more = total(20);
        Condition fromFrance = trait("country", "FR");

        // The guard, the country's sums, and for each rule the node that notes it.
        assertThat(nodes(List.of(bought))).isEqualTo(nodes(List.of(bought, bought, bought)));
        int one = nodes(List.of(both(fromFrance, bought)));
        assertThat(nodes(List.of(both(fromFrance, bought), both(fromFrance, both(bought, more)))))
                .as("one more sum, and one more note")
                .isEqualTo(one + 2);
    }

    @Test
    void conditionsThatDifferAreNeverOneNode() {
        Set<Condition> leaves = new LinkedHashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            new GeneratedRules(seed).ruleSet(10).resolved().values().forEach(when -> collect(when, leaves));
        }
        List<Condition> different = new ArrayList<>(leaves);
        assertThat(different).hasSizeGreaterThan(2_000);
        assertThat(different.stream().map(Object::getClass).distinct()).hasSize(13);

        // Under one guard each stands by itself: a node for each constraint and one that notes the segment.
        Set<Object> constraints = new HashSet<>();
        List<Condition> rules = new ArrayList<>();
        for (Condition leaf : different) {
            rules.add(new Condition.Not(leaf));
            constraints.add(leaf);
        }
        assertThat(nodes(rules)).isEqualTo(1 + 2 * constraints.size());
    }

    @Test
    void anEventCostsWhatItCanTouch() {
        List<Condition> few = brands(10);
        List<Condition> many = brands(2_000);
        Observation seen = clicked("b3");

        int constraints = DroolsMatcher.of(rules(many)).constraints(seen);
        assertThat(DroolsMatcher.of(rules(many)).matching(seen)).containsExactlyInAnyOrder("s6", "s7");
        assertThat(constraints)
                .isEqualTo(DroolsMatcher.of(rules(few)).constraints(seen))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void anEventThatTouchesNothingCostsNothing() {
        assertThat(DroolsMatcher.of(rules(brands(100))).constraints(clicked("other")))
                .isZero();
    }

    /** For each brand who clicks on it now, and who clicked on it twice. */
    private static List<Condition> brands(int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(i -> {
                    EventFilter filter = filter("b" + i);
                    Condition often = new History.EventCount(filter, WEEK, Operator.AT_LEAST, 1);
                    return List.of(new Condition.CurrentEvent(filter), often).stream();
                })
                .toList();
    }

    private static EventFilter filter(String brand) {
        var test = new ValueTest.OneOf(List.of(Value.of(brand)), false);
        return new EventFilter(
                EventType.TRACK, Optional.of("Ad Clicked"), List.of(new EventFilter.PropertyTest("brand", test)));
    }

    private static Observation clicked(String brand) {
        var details = new Value.Fields(Map.of("brand", Value.of(brand)));
        var event = new Occurrence("e", EventType.TRACK, Optional.of("Ad Clicked"), NOON, NOON, details);
        return new Observation(event, Value.Fields.NONE, Value.Fields.NONE, List.of(event));
    }

    private static Condition total(int than) {
        return new History.Total(
                History.Aggregate.SUM,
                "revenue",
                EventFilter.track("Order Completed"),
                WEEK,
                Operator.AT_LEAST,
                BigDecimal.valueOf(than));
    }

    private static Condition trait(String name, String value) {
        return new Condition.Trait(name, new ValueTest.OneOf(List.of(Value.of(value)), false));
    }

    private static Condition both(Condition one, Condition other) {
        return new Condition.AllOf(List.of(one, other));
    }

    private static void collect(Condition condition, Set<Condition> leaves) {
        if (condition.children().isEmpty()) {
            leaves.add(condition);
        }
        condition.children().forEach(child -> collect(child, leaves));
    }

    private static RuleSet rules(List<Condition> conditions) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            segments.add(new Segment("s" + i, "S", new Segment.Live(), Optional.empty(), conditions.get(i)));
        }
        return new RuleSet("demo", 1, segments);
    }

    /** Alpha nodes of the network. {@code WasIn} has no place in a rule set that is written, so this compiles trees. */
    private static int nodes(List<Condition> conditions) {
        var base = (InternalRuleBase) DroolsMatcher.compile(conditions).network();
        return nodes(Session.network(base));
    }

    private static int nodes(ObjectSinkPropagator sinks) {
        int nodes = 0;
        for (NetworkNode sink : sinks.getSinks()) {
            if (sink instanceof AlphaNode alpha) {
                nodes += 1 + nodes(alpha.getObjectSinkPropagator());
            }
        }
        return nodes;
    }
}
