package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Explained;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises of an explanation:
 *
 * <ul>
 *   <li>of whatever is generated it says what the engine says, and each node what follows from those in it;
 *   <li>each leaf tells what it saw;
 *   <li>where there is nothing to see it says why, and what is known all the same;
 *   <li>of a segment that is not there, there is none.
 * </ul>
 */
class ExplanationTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Explanation EXPLANATION = new Explanation(RuleFunctions.installed());

    @Test
    void itSaysWhatTheEngineSays() {
        int yes = 0;
        int all = 0;
        for (int seed = 1; seed <= 120; seed++) {
            var generated = new GeneratedRules(seed);
            RuleSet rules = generated.ruleSet(8);
            var matcher = DroolsMatcher.of(rules);
            for (int i = 0; i < 5; i++) {
                Observation seen = generated.observation(rules);
                Set<String> matching = matcher.matching(seen);
                for (String segment : rules.resolved().keySet()) {
                    Value.Fields explained = JsonText.readObject(
                            EXPLANATION.explain(rules, segment, at(seen)).orElseThrow());
                    assertThat(explained.flag("true"))
                            .as("seed %d, observation %d, segment %s", seed, i, segment)
                            .isEqualTo(matching.contains(segment))
                            .isEqualTo(followsFromItsParts(explained.innerList("nodes"), 0));
                    yes += explained.flag("true") ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat(yes).isBetween(all / 10, all * 9 / 10);
    }

    /** The answer of a node, after that of every node below it has been found to follow from its own parts. */
    private static boolean followsFromItsParts(List<Value.Fields> nodes, int place) {
        Value.Fields node = nodes.get(place);
        boolean answer = node.flag("true");
        if (node.find("allOf").isPresent()) {
            assertThat(answer).isEqualTo(!parts(nodes, node, "allOf").contains(false));
        } else if (node.find("anyOf").isPresent()) {
            assertThat(answer).isEqualTo(parts(nodes, node, "anyOf").contains(true));
        } else if (node.find("not").isPresent()) {
            assertThat(parts(nodes, node, "not")).containsExactly(!answer);
        } else {
            String what = node.find("wasIn").isPresent() ? "wasIn" : "condition";
            assertThat(node.fields()).containsOnlyKeys("true", what, "saw");
        }
        return answer;
    }

    private static List<Boolean> parts(List<Value.Fields> nodes, Value.Fields node, String name) {
        return node.list(name).stream()
                .map(place -> ((Value.Decimal) place).number().intValueExact())
                .map(place -> followsFromItsParts(nodes, place))
                .toList();
    }

    @Test
    void eachLeafTellsWhatItSaw() {
        String leaves = """
                {"trait":"country","equals":"US"},
                {"trait":"language","exists":true},
                {"event":{"name":"Order Completed","where":[{"property":"revenue","atLeast":50}]}},
                {"count":{"name":"Order Completed","last":"P7D","atLeast":3}},
                {"sum":{"property":"revenue","name":"Order Completed","last":"P7D","atLeast":120}}""";
        RuleSet rules = rules("{\"allOf\":[" + leaves + "]}");

        Value.Fields explained = JsonText.readObject(
                EXPLANATION.explain(rules, "s", at(threeOrders())).orElseThrow());

        assertThat(explained.flag("true")).isFalse();
        List<Value.Fields> parts = explained.innerList("nodes").subList(1, 6);
        assertThat(explained.innerList("nodes").get(0)).isEqualTo(json("{\"true\":false,\"allOf\":[1,2,3,4,5]}"));
        assertThat(parts).extracting(part -> part.flag("true")).containsExactly(true, false, false, true, true);
        assertThat(parts)
                .extracting(part -> part.find("saw"))
                .containsExactly(
                        Optional.of(Value.of("US")),
                        Optional.empty(),
                        Optional.of(json("""
                                {"type":"track","name":"Order Completed","properties":{"revenue":40}}""")),
                        Optional.of(Value.of(3)),
                        Optional.of(json("{\"numbers\":3,\"sum\":120}")));
        assertThat(parts.get(3).inner("condition")).isEqualTo(json("""
                {"count":{"name":"Order Completed","last":"P7D","atLeast":3}}"""));
    }

    @Test
    void ofASegmentThatIsNotThereThereIsNone() {
        assertThat(EXPLANATION.explain(rules("{\"trait\":\"a\",\"exists\":true}"), "other", at(threeOrders())))
                .isEmpty();
    }

    @Test
    void whatCannotBeToldIsSaid() {
        var explained = new Explained(
                NOON,
                Explained.Standing.WAS,
                Optional.of(NOON.minusSeconds(2)),
                Optional.of(NOON.minusSeconds(1)),
                Optional.of(new Explained.Cause(Explained.Cause.Kind.TIME, Optional.empty())),
                Optional.empty(),
                Optional.of(NOON),
                Optional.empty(),
                Optional.of(Explained.Untold.LOST));

        assertThat(EXPLANATION.explain(rules("{\"trait\":\"a\",\"exists\":true}"), "s", explained))
                .map(JsonText::readObject)
                .contains(json("""
                        {"v":1,"account":"demo","ruleSet":1,"segment":"s","at":"2026-11-21T12:00:00Z","standing":"was",
                         "since":"2026-11-21T11:59:58Z","until":"2026-11-21T11:59:59Z","cause":{"kind":"time"},
                         "lost":"2026-11-21T12:00:00Z","untold":"lost"}"""));
    }

    private static Explained at(Observation seen) {
        return new Explained(
                seen.at(),
                Explained.Standing.IS_NOT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(seen),
                Optional.empty());
    }

    private static RuleSet rules(String when) {
        String draft = "{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + when + "}]}";
        return new RuleSet("demo", 1, RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8)));
    }

    private static Value.Fields json(String text) {
        return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of 40 each, on three days, of someone from the US. */
    private static Observation threeOrders() {
        List<Occurrence> orders =
                List.of(order("a", Duration.ofDays(2)), order("b", Duration.ofDays(1)), order("c", Duration.ZERO));
        var traits = new Value.Fields(Map.of("country", Value.of("US")));
        return new Observation(orders.get(2), traits, Value.Fields.NONE, orders);
    }

    private static Occurrence order(String id, Duration ago) {
        var details = new Value.Fields(Map.of("revenue", Value.of(40)));
        Instant time = NOON.minus(ago);
        return new Occurrence(id, EventType.TRACK, Optional.of("Order Completed"), time, time, details);
    }
}
