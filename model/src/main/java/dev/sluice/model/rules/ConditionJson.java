package dev.sluice.model.rules;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON form of {@link Condition}s; see {@code docs/RULES.md}. Conditions on history are read by {@link HistoryJson},
 * tests by {@link ValueTestJson}; {@link ConditionWriter} writes all. Every refusal names its place in the tree.
 */
final class ConditionJson {
    private static final List<String> NODES = List.of(
            "allOf",
            "anyOf",
            "not",
            "event",
            "count",
            "sum",
            "average",
            "minimum",
            "maximum",
            "distinct",
            "days",
            "firstTime",
            "lastTime",
            "sequence",
            "trait",
            "statistic",
            "consent",
            "near",
            "segment",
            "function");

    private ConditionJson() {}

    static Condition read(Value.Fields json, String path) {
        return read(json, path, 1);
    }

    static void write(JsonGenerator json, Condition condition) {
        condition.match(new ConditionWriter(json));
    }

    private static Condition read(Value.Fields json, String path, int depth) {
        if (depth > RuleLimits.MAX_DEPTH) {
            throw new InvalidRuleException(path + ": conditions may nest " + RuleLimits.MAX_DEPTH + " deep");
        }
        List<String> nodes = NODES.stream().filter(json.fields()::containsKey).toList();
        if (nodes.isEmpty()) {
            throw new InvalidRuleException(path + ": a condition must have one of the keys " + NODES
                    + Suggestion.of(json.fields().keySet(), NODES));
        }
        if (nodes.size() > 1) {
            throw new InvalidRuleException(path + ": " + String.join(" and ", nodes)
                    + " are conditions of their own; put them into allOf or anyOf");
        }
        try {
            return read(json, nodes.get(0), path, depth);
        } catch (MalformedException | InvalidRuleException e) {
            throw placed(path, e);
        }
    }

    private static Condition read(Value.Fields json, String node, String path, int depth) {
        switch (node) {
            case "trait", "statistic", "consent", "function" -> {}
            default -> RuleSetJson.only(json, path, Set.of(node));
        }
        return switch (node) {
            case "allOf" -> new Condition.AllOf(children(json, node, path, depth));
            case "anyOf" -> new Condition.AnyOf(children(json, node, path, depth));
            case "not" -> new Condition.Not(read(json.inner("not"), path + ".not", depth + 1));
            case "event" ->
                new Condition.CurrentEvent(HistoryJson.filter(json.inner("event"), path + ".event", Set.of()));
            case "trait" -> new Condition.Trait(json.text("trait"), ValueTestJson.read(json, path, Set.of("trait")));
            case "statistic" ->
                new Condition.Statistic(json.text("statistic"), ValueTestJson.read(json, path, Set.of("statistic")));
            case "consent" -> consent(json, path);
            case "near" -> near(json.inner("near"), path + ".near");
            case "segment" -> new Condition.InSegment(json.text("segment"));
            case "function" -> call(json, path);
            default -> HistoryJson.read(node, json.inner(node), path + "." + node);
        };
    }

    private static List<Condition> children(Value.Fields json, String node, String path, int depth) {
        List<Value.Fields> list = json.innerList(node);
        List<Condition> children = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            children.add(read(list.get(i), path + "." + node + "[" + i + "]", depth + 1));
        }
        return children;
    }

    private static Condition consent(Value.Fields json, String path) {
        RuleSetJson.only(json, path, Set.of("consent", "granted"));
        boolean granted = !json.fields().containsKey("granted") || json.flag("granted");
        return new Condition.Consent(json.text("consent"), granted);
    }

    private static Condition near(Value.Fields json, String path) {
        RuleSetJson.only(json, path, Set.of("latitude", "longitude", "postalCode", "miles", "kilometers"));
        String unit = one(json, path, List.of("miles", "kilometers"));
        var within = new Condition.Distance(
                number(json, unit),
                unit.equals("miles") ? Condition.Distance.Unit.MILES : Condition.Distance.Unit.KILOMETERS);
        boolean hasCode = json.fields().containsKey("postalCode");
        if (hasCode == (json.fields().containsKey("latitude") || json.fields().containsKey("longitude"))) {
            throw new InvalidRuleException(path + ": needs either a postalCode, or a latitude and a longitude");
        }
        Place place = hasCode
                ? new Place.PostalCode(json.text("postalCode"))
                : new Place.Coordinates(number(json, "latitude"), number(json, "longitude"));
        return new Condition.Near(place, within);
    }

    private static Condition call(Value.Fields json, String path) {
        List<Condition.Argument> arguments = new ArrayList<>();
        List<Value.Fields> list = json.innerList("arguments");
        for (int i = 0; i < list.size(); i++) {
            arguments.add(argument(list.get(i), path + ".arguments[" + i + "]"));
        }
        ValueTest test = ValueTestJson.read(json, path, Set.of("function", "arguments"));
        return new Condition.Call(json.text("function"), arguments, test);
    }

    private static Condition.Argument argument(Value.Fields json, String path) {
        String word = one(json, path, List.of("value", "trait", "statistic", "property"));
        RuleSetJson.only(json, path, Set.of(word));
        return switch (word) {
            case "trait" -> new Condition.TraitOf(json.text(word));
            case "statistic" -> new Condition.StatisticOf(json.text(word));
            case "property" -> new Condition.PropertyOf(json.text(word));
            default -> new Condition.Constant(json.fields().getOrDefault(word, Value.NOTHING));
        };
    }

    static BigDecimal number(Value.Fields json, String word) {
        if (json.fields().get(word) instanceof Value.Decimal decimal) {
            return decimal.number();
        }
        throw new InvalidRuleException(word + " must be a number");
    }

    /** The one of these keys that is there. */
    static String one(Value.Fields json, String path, List<String> words) {
        List<String> found = words.stream().filter(json.fields()::containsKey).toList();
        if (found.size() != 1) {
            throw new InvalidRuleException(path + ": expected exactly one of " + words
                    + (found.isEmpty() ? Suggestion.of(json.fields().keySet(), words) : ", found " + found));
        }
        return found.get(0);
    }

    static InvalidRuleException placed(String path, RuntimeException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("not valid");
        boolean has = message.startsWith("segments[") || message.startsWith(path);
        return new InvalidRuleException(has ? message : path + ": " + message, e);
    }
}
