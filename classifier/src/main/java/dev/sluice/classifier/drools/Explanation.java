package dev.sluice.classifier.drools;

import dev.sluice.classifier.Explained;
import dev.sluice.classifier.Explainer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Says how a person stands to a segment, and why its condition is true or false then: the tree of its conditions, references to other
 * segments resolved, each with its answer and what it saw. It asks the same {@link Questions} as the rules that Drools
 * runs. A segment takes microseconds. Stateless.
 *
 * <p>JSON, version 1: {@code {"v", "account", "ruleSet", "segment", "at", "standing", "since", "until", "cause", "held",
 * "lost", "event", "true", "nodes"}}, or {@code "untold"} in the place of the last three; what is not known is left out. The
 * first node is the whole condition. A node has {@code "true"} and either {@code "allOf"}, {@code "anyOf"} or {@code "not"}
 * with the places of its parts among the nodes, or {@code "condition"} as a rule set has it (or {@code "wasIn"}) and {@code
 * "saw"}, {@code null} if there was nothing to see. Nodes stand side by side, since a tree with what it refers to may
 * nest deeper than JSON is read.
 */
public final class Explanation implements Explainer {
    /** Objects and lists in objects and lists that are shown of what was seen. */
    private static final int MAX_NESTING = 4;

    private final RuleFunctions functions;

    public Explanation(RuleFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<byte[]> explain(RuleSet rules, String segment, Explained explained) {
        return Optional.ofNullable(rules.resolved().get(segment))
                .map(when -> JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", 1);
                    json.writeStringProperty("account", rules.account());
                    json.writeNumberProperty("ruleSet", rules.number());
                    json.writeStringProperty("segment", segment);
                    write(json, explained);
                    explained.seen().ifPresent(observation -> {
                        json.writeStringProperty("event", observation.current().id());
                        write(json, when, observation);
                    });
                }));
    }

    private static void write(JsonGenerator json, Explained explained) {
        json.writeStringProperty("at", explained.at().toString());
        json.writeStringProperty("standing", explained.standing().word());
        moment(json, "since", explained.since());
        moment(json, "until", explained.until());
        explained.cause().ifPresent(cause -> {
            json.writeObjectPropertyStart("cause");
            json.writeStringProperty("kind", cause.kind().name().toLowerCase(Locale.ROOT));
            cause.eventId().ifPresent(id -> json.writeStringProperty("eventId", id));
            json.writeEndObject();
        });
        moment(json, "held", explained.held());
        moment(json, "lost", explained.lost());
        explained.untold().ifPresent(why -> json.writeStringProperty("untold", why.word()));
    }

    private static void moment(JsonGenerator json, String name, Optional<Instant> moment) {
        moment.ifPresent(when -> json.writeStringProperty(name, when.toString()));
    }

    private void write(JsonGenerator json, Condition when, Observation observation) {
        var numbering = new Numbering();
        var questions = new Questions(functions, numbering);
        Question whole = questions.of(when);
        var seen = new Seen(numbering, questions.count(), 0);
        seen.look(observation);
        json.writeBooleanProperty("true", whole.holds(seen));
        var nodes = new Nodes(json, questions, seen, new Sightings(numbering, questions, seen));
        json.writeArrayPropertyStart("nodes");
        nodes.write(when, 0);
        json.writeEndArray();
    }

    private record Nodes(JsonGenerator json, Questions questions, Seen seen, Sightings sightings) {
        /** Writes a node, which is at this place, and all below it; returns the place after those. */
        int write(Condition condition, int place) {
            json.writeStartObject();
            json.writeBooleanProperty("true", questions.of(condition).holds(seen));
            if (condition instanceof Condition.AllOf) {
                parts("allOf", condition, place);
            } else if (condition instanceof Condition.AnyOf) {
                parts("anyOf", condition, place);
            } else if (condition instanceof Condition.Not) {
                parts("not", condition, place);
            } else {
                leaf(condition);
            }
            json.writeEndObject();
            int next = place + 1;
            for (Condition part : condition.children()) {
                next = write(part, next);
            }
            return next;
        }

        private void parts(String name, Condition condition, int place) {
            json.writeArrayPropertyStart(name);
            int next = place + 1;
            for (Condition part : condition.children()) {
                json.writeNumber(next);
                next += size(part);
            }
            json.writeEndArray();
        }

        private static int size(Condition condition) {
            return 1 + condition.children().stream().mapToInt(Nodes::size).sum();
        }

        private void leaf(Condition condition) {
            if (condition instanceof Condition.WasIn was) {
                json.writeStringProperty("wasIn", was.segment());
            } else {
                json.writeName("condition");
                JsonText.write(json, asWritten(condition));
            }
            json.writeName("saw");
            JsonText.write(json, shallow(condition.match(sightings), MAX_NESTING));
        }

        /** What is nested deeper is left out: it is for people to look at. */
        private static Value shallow(Value value, int nesting) {
            return switch (value) {
                case Value.Many(var values) ->
                    nesting == 0
                            ? Value.NOTHING
                            : new Value.Many(values.stream()
                                    .map(one -> shallow(one, nesting - 1))
                                    .toList());
                case Value.Fields(var fields) -> {
                    Map<String, Value> some = new LinkedHashMap<>();
                    if (nesting > 0) {
                        fields.forEach((name, one) -> some.put(name, shallow(one, nesting - 1)));
                    }
                    yield new Value.Fields(some);
                }
                case Value.Text text -> text;
                case Value.Decimal decimal -> decimal;
                case Value.Flag flag -> flag;
                case Value.Nothing nothing -> nothing;
            };
        }

        /** A condition as it stands in a rule set. */
        private static Value asWritten(Condition condition) {
            var segment = new Segment("s", "S", new Segment.Live(), Optional.empty(), condition);
            byte[] bundle = RuleSetJson.write(new RuleSet("none", 1, List.of(segment)));
            return JsonText.readObject(bundle).innerList("segments").get(0).inner("when");
        }
    }
}
