package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition.Operator;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** The JSON form of {@link Condition}s; see {@code docs/RULES.md}. Every refusal names its place in the tree. */
final class ConditionJson {
    private static final List<String> NODES = List.of("allOf", "anyOf", "not", "event", "count", "trait", "statistic");
    private static final Set<String> TESTS = Set.of(
            "exists", "equals", "oneOf", "contains", "moreThan", "atLeast", "atMost", "lessThan", "listContains");
    private static final Set<String> COUNTS = Set.of("moreThan", "atLeast", "atMost", "lessThan", "exactly");

    private ConditionJson() {}

    static Condition read(Value.Fields json, String path) {
        return read(json, path, 1);
    }

    private static Condition read(Value.Fields json, String path, int depth) {
        if (depth > RuleLimits.MAX_DEPTH) {
            throw new InvalidRuleException(path + ": conditions may nest " + RuleLimits.MAX_DEPTH + " deep");
        }
        List<String> nodes = NODES.stream().filter(json.fields()::containsKey).toList();
        if (nodes.size() != 1) {
            throw new InvalidRuleException(path + ": expected exactly one of " + NODES);
        }
        String node = nodes.get(0);
        if (!node.equals("trait") && !node.equals("statistic")) {
            RuleSetJson.only(json, path, Set.of(node));
        }
        try {
            return switch (node) {
                case "allOf" -> new Condition.AllOf(children(json, node, path, depth));
                case "anyOf" -> new Condition.AnyOf(children(json, node, path, depth));
                case "not" -> new Condition.Not(read(json.inner("not"), path + ".not", depth + 1));
                case "event" -> new Condition.CurrentEvent(filter(json.inner("event"), path + ".event", Set.of()));
                case "count" -> count(json.inner("count"), path + ".count");
                case "trait" -> new Condition.Trait(json.text("trait"), test(json, path, "trait"));
                default -> new Condition.Statistic(json.text("statistic"), test(json, path, "statistic"));
            };
        } catch (MalformedException | InvalidRuleException e) {
            throw placed(path, e);
        }
    }

    static void write(JsonGenerator json, Condition condition) {
        condition.match(new ConditionWriter(json));
    }

    private static List<Condition> children(Value.Fields json, String node, String path, int depth) {
        List<Value.Fields> list = json.innerList(node);
        List<Condition> children = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            children.add(read(list.get(i), path + "." + node + "[" + i + "]", depth + 1));
        }
        return children;
    }

    private static Condition count(Value.Fields json, String path) {
        Set<String> besides = new HashSet<>(COUNTS);
        besides.add("last");
        EventFilter filter = filter(json, path, besides);
        String word = one(json, path, COUNTS);
        long count = json.whole(word);
        if (count < 0 || count > RuleLimits.MAX_COUNT) {
            throw new InvalidRuleException("a count must be 0 to " + RuleLimits.MAX_COUNT + ", is " + count);
        }
        Operator operator = Operator.ofWord(word).orElseThrow();
        return new Condition.EventCount(filter, duration(json.text("last")), operator, (int) count);
    }

    private static EventFilter filter(Value.Fields json, String path, Set<String> besides) {
        Set<String> known = new HashSet<>(Set.of("type", "name", "where"));
        known.addAll(besides);
        RuleSetJson.only(json, path, known);
        EventType type = EventType.ofWord(json.findText("type").orElse("track"))
                .orElseThrow(() -> new InvalidRuleException("type must be track, page, screen or group"));
        List<Value.Fields> list = json.innerList("where");
        List<EventFilter.PropertyTest> where = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + ".where[" + i + "]";
            Value.Fields property = list.get(i);
            where.add(new EventFilter.PropertyTest(property.text("property"), test(property, at, "property")));
        }
        return new EventFilter(type, json.findText("name"), where);
    }

    private static Condition.ValueTest test(Value.Fields json, String path, String subject) {
        Set<String> known = new HashSet<>(TESTS);
        known.add(subject);
        RuleSetJson.only(json, path, known);
        String word = one(json, path, TESTS);
        Value value = json.fields().getOrDefault(word, Value.NOTHING);
        return switch (word) {
            case "exists" -> exists(json);
            case "equals" -> new Condition.OneOf(List.of(value));
            case "oneOf" -> new Condition.OneOf(json.list(word));
            case "contains" -> new Condition.Contains(json.text(word));
            case "listContains" -> new Condition.ListContains(value);
            default -> new Condition.Compares(Operator.ofWord(word).orElseThrow(), number(word, value));
        };
    }

    private static Condition.ValueTest exists(Value.Fields json) {
        if (!json.flag("exists")) {
            throw new InvalidRuleException("exists must be true; for its opposite put it into not");
        }
        return new Condition.Exists();
    }

    private static BigDecimal number(String word, Value value) {
        if (value instanceof Value.Decimal decimal) {
            return decimal.number();
        }
        throw new InvalidRuleException(word + " must be a number");
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRuleException("last must be an ISO 8601 duration such as P7D or PT30M", e);
        }
    }

    private static String one(Value.Fields json, String path, Set<String> words) {
        List<String> found = words.stream().filter(json.fields()::containsKey).toList();
        if (found.size() != 1) {
            throw new InvalidRuleException(path + ": expected exactly one of "
                    + words.stream().sorted().toList());
        }
        return found.get(0);
    }

    private static InvalidRuleException placed(String path, RuntimeException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("not valid");
        boolean has = message.startsWith("segments[");
        return new InvalidRuleException(has ? message : path + ": " + message, e);
    }
}
