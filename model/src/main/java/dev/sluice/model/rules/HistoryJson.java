package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the JSON form of {@link History} conditions, {@link EventFilter}s and {@link Window}s. Stateless. */
final class HistoryJson {
    private static final List<String> COMPARISONS = List.of("moreThan", "atLeast", "atMost", "lessThan", "exactly");
    private static final Set<String> FILTER = Set.of("type", "name", "where");
    private static final Set<String> WINDOW = Set.of("last", "from", "to", "ever");

    private HistoryJson() {}

    static History read(String node, Value.Fields json, String path) {
        if (node.equals("sequence")) {
            return sequence(json, path);
        }
        boolean moment = node.equals("firstTime") || node.equals("lastTime");
        EventFilter filter = filter(json, path, besides(node, moment));
        Window window = window(json, path);
        if (!moment && !node.equals("days")) {
            refuseZone(json, window, path);
        }
        if (moment) {
            var which = node.equals("firstTime") ? History.Which.FIRST : History.Which.LAST;
            return new History.Moment(which, filter, window, ValueTestJson.readTime(json, path));
        }
        String word = ConditionJson.one(json, path, COMPARISONS);
        Operator operator = Operator.ofWord(word).orElseThrow();
        return switch (node) {
            case "count" -> new History.EventCount(filter, window, operator, count(json, word));
            case "distinct" -> new History.Distinct(json.text("property"), filter, window, operator, count(json, word));
            case "days" -> new History.Days(filter, window, ValueTestJson.zone(json), operator, count(json, word));
            default ->
                new History.Total(
                        aggregate(node),
                        json.text("property"),
                        filter,
                        window,
                        operator,
                        ConditionJson.number(json, word));
        };
    }

    static EventFilter filter(Value.Fields json, String path, Set<String> besides) {
        Set<String> known = new HashSet<>(FILTER);
        known.addAll(besides);
        RuleSetJson.only(json, path, known);
        EventType type = EventType.ofWord(json.findText("type").orElse("track"))
                .orElseThrow(() -> new InvalidRuleException(path + ": type must be track, page, screen or group"));
        List<Value.Fields> list = json.innerList("where");
        List<EventFilter.PropertyTest> where = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + ".where[" + i + "]";
            Value.Fields property = list.get(i);
            ValueTest test = ValueTestJson.read(property, at, Set.of("property"));
            where.add(new EventFilter.PropertyTest(property.text("property"), test));
        }
        return new EventFilter(type, json.findText("name"), where);
    }

    private static Set<String> besides(String node, boolean moment) {
        Set<String> besides = new HashSet<>(WINDOW);
        besides.add("zone");
        besides.addAll(moment ? ValueTestJson.TIMES : COMPARISONS);
        if (!moment && !node.equals("count") && !node.equals("days")) {
            besides.add("property");
        }
        return besides;
    }

    private static History sequence(Value.Fields json, String path) {
        Set<String> known = new HashSet<>(WINDOW);
        known.addAll(Set.of("first", "then", "notThen", "within", "zone"));
        RuleSetJson.only(json, path, known);
        String then = ConditionJson.one(json, path, List.of("then", "notThen"));
        if (!json.fields().containsKey("first")) {
            throw new InvalidRuleException(path + ": first is missing: the event that something follows");
        }
        Window window = window(json, path);
        refuseZone(json, window, path);
        return new History.Sequence(
                filter(json.inner("first"), path + ".first", Set.of()),
                filter(json.inner(then), path + "." + then, Set.of()),
                then.equals("then"),
                Durations.read("within", json.text("within")),
                window);
    }

    private static void refuseZone(Value.Fields json, Window window, String path) {
        if (json.fields().containsKey("zone") && !(window instanceof Window.Between)) {
            throw new InvalidRuleException(path + ": zone belongs to windows from one day to another");
        }
    }

    private static Window window(Value.Fields json, String path) {
        boolean between = json.fields().containsKey("from") || json.fields().containsKey("to");
        boolean last = json.fields().containsKey("last");
        boolean ever = json.fields().containsKey("ever");
        if ((between ? 1 : 0) + (last ? 1 : 0) + (ever ? 1 : 0) != 1) {
            throw new InvalidRuleException(path
                    + ": which part of the past? Say one of \"last\": \"P7D\", \"from\" and \"to\", or \"ever\": true");
        }
        if (between) {
            return new Window.Between(
                    ValueTestJson.date("from", json.text("from")),
                    ValueTestJson.date("to", json.text("to")),
                    ValueTestJson.zone(json));
        }
        if (last) {
            Duration length = Durations.read("last", json.text("last"));
            return new Window.Last(length);
        }
        if (!json.flag("ever")) {
            throw new InvalidRuleException(path + ": ever must be true");
        }
        return new Window.Ever();
    }

    private static int count(Value.Fields json, String word) {
        long count = json.whole(word);
        if (count < 0 || count > RuleLimits.MAX_COUNT) {
            throw new InvalidRuleException("a count must be 0 to " + RuleLimits.MAX_COUNT + ", is " + count);
        }
        return (int) count;
    }

    private static History.Aggregate aggregate(String node) {
        return switch (node) {
            case "sum" -> History.Aggregate.SUM;
            case "average" -> History.Aggregate.AVERAGE;
            case "minimum" -> History.Aggregate.MINIMUM;
            default -> History.Aggregate.MAXIMUM;
        };
    }
}
