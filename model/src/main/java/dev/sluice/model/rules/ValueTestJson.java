package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the JSON form of {@link ValueTest}s. Stateless. */
final class ValueTestJson {
    /** Keys of the tests of a time. */
    static final List<String> TIMES = List.of(
            "before",
            "onOrAfter",
            "withinLast",
            "withinNext",
            "longerAgoThan",
            "furtherAheadThan",
            "anniversaryWithinNext",
            "anniversary");

    private static final List<String> OTHERS = List.of(
            "exists",
            "equals",
            "oneOf",
            "contains",
            "startsWith",
            "matches",
            "moreThan",
            "atLeast",
            "atMost",
            "lessThan",
            "between",
            "listContains",
            "listContainsAny",
            "listContainsAll");
    private static final Set<String> FOLDING =
            Set.of("equals", "oneOf", "contains", "startsWith", "listContains", "listContainsAny", "listContainsAll");
    private static final Set<String> ZONED = Set.of(
            "withinLast", "withinNext", "longerAgoThan", "furtherAheadThan", "anniversaryWithinNext", "anniversary");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private ValueTestJson() {}

    /**
     * The one test that stands in an object.
     *
     * @param besides other keys that it may have
     */
    static ValueTest read(Value.Fields json, String path, Set<String> besides) {
        Set<String> known = new HashSet<>(TIMES);
        known.addAll(OTHERS);
        known.addAll(besides);
        known.addAll(List.of("ignoreCase", "zone"));
        RuleSetJson.only(json, path, known);
        List<String> words = OTHERS.stream().filter(json.fields()::containsKey).toList();
        if (words.isEmpty()) {
            refuseIgnoreCase(json);
            return readTime(json, path);
        }
        List<String> all = new ArrayList<>(OTHERS);
        all.addAll(TIMES);
        String word = ConditionJson.one(json, path, all);
        if (!FOLDING.contains(word)) {
            refuseIgnoreCase(json);
        }
        if (json.fields().containsKey("zone")) {
            throw new InvalidRuleException("zone belongs to tests of dates");
        }
        return read(json, word);
    }

    /** The one test of a time that stands in an object. */
    static TimeTest readTime(Value.Fields json, String path) {
        String word = ConditionJson.one(json, path, TIMES);
        // A window between dates has a zone as well.
        if (!ZONED.contains(word)
                && json.fields().containsKey("zone")
                && !json.fields().containsKey("from")) {
            throw new InvalidRuleException("zone does not belong to " + word + ", which needs none");
        }
        return switch (word) {
            case "before" -> compares(TimeTest.Side.BEFORE, json.text(word), word);
            case "onOrAfter" -> compares(TimeTest.Side.ON_OR_AFTER, json.text(word), word);
            case "withinLast" -> relative(TimeTest.Direction.WITHIN_LAST, json, word);
            case "withinNext" -> relative(TimeTest.Direction.WITHIN_NEXT, json, word);
            case "longerAgoThan" -> relative(TimeTest.Direction.LONGER_AGO, json, word);
            case "furtherAheadThan" -> relative(TimeTest.Direction.FURTHER_AHEAD, json, word);
            case "anniversaryWithinNext" ->
                new TimeTest.AnniversaryWithinNext(wholeDays(word, json.text(word)), zone(json));
            default -> new TimeTest.AnniversaryThis(span(json.text("anniversary")), zone(json));
        };
    }

    static ZoneId zone(Value.Fields json) {
        String zone = json.findText("zone").orElse("UTC");
        if (!RuleLimits.zones().contains(zone)) {
            throw new InvalidRuleException("zone must be one of the time zone database, such as Europe/Paris or UTC"
                    + Suggestion.of(List.of(zone), RuleLimits.zones()));
        }
        return zone.equals("UTC") ? UTC : ZoneId.of(zone);
    }

    static LocalDate date(String key, String text) {
        return Times.date(text).orElseThrow(() -> new InvalidRuleException(key + " must be a date such as 2026-11-21"));
    }

    private static ValueTest read(Value.Fields json, String word) {
        Value value = json.fields().getOrDefault(word, Value.NOTHING);
        boolean fold = json.fields().containsKey("ignoreCase") && json.flag("ignoreCase");
        return switch (word) {
            case "exists" -> exists(json);
            case "equals" -> new ValueTest.OneOf(List.of(value), fold);
            case "oneOf" -> new ValueTest.OneOf(json.list(word), fold);
            case "contains" -> new ValueTest.Contains(json.text(word), fold);
            case "startsWith" -> new ValueTest.StartsWith(json.text(word), fold);
            case "matches" -> new ValueTest.Matches(json.text(word));
            case "between" -> between(json);
            case "listContains" -> new ValueTest.ListContains(ValueTest.Quantity.ANY, List.of(value), fold);
            case "listContainsAny" -> new ValueTest.ListContains(ValueTest.Quantity.ANY, json.list(word), fold);
            case "listContainsAll" -> new ValueTest.ListContains(ValueTest.Quantity.ALL, json.list(word), fold);
            default -> new ValueTest.Compares(Operator.ofWord(word).orElseThrow(), ConditionJson.number(json, word));
        };
    }

    private static ValueTest exists(Value.Fields json) {
        if (!json.flag("exists")) {
            throw new InvalidRuleException("exists must be true; for its opposite put it into not");
        }
        return new ValueTest.Exists();
    }

    private static ValueTest between(Value.Fields json) {
        List<Value> ends = json.list("between");
        if (ends.size() == 2 && ends.get(0) instanceof Value.Decimal low && ends.get(1) instanceof Value.Decimal high) {
            return new ValueTest.Between(low.number(), high.number());
        }
        throw new InvalidRuleException(
                "between must be a list of two numbers; for dates put onOrAfter and before into" + " allOf");
    }

    private static TimeTest compares(TimeTest.Side side, String text, String word) {
        var date = Times.date(text);
        if (date.isPresent()) {
            return new TimeTest.ComparesDate(side, date.get());
        }
        Instant instant = Times.instant(text)
                .orElseThrow(() -> new InvalidRuleException(word
                        + " must be a date such as 2026-11-21, or a date and time with an offset such as"
                        + " 2026-11-21T09:30:00Z"));
        return new TimeTest.ComparesInstant(side, instant);
    }

    private static TimeTest relative(TimeTest.Direction direction, Value.Fields json, String word) {
        return new TimeTest.Relative(direction, Durations.read(word, json.text(word)), zone(json));
    }

    private static int wholeDays(String word, String text) {
        Duration duration = Durations.read(word, text);
        if (!duration.equals(Duration.ofDays(duration.toDays())) || duration.toDays() < 1 || duration.toDays() > 365) {
            throw new InvalidRuleException(word + " must be 1 to 365 whole days, such as P7D");
        }
        return (int) duration.toDays();
    }

    private static TimeTest.Span span(String word) {
        return switch (word) {
            case "thisWeek" -> TimeTest.Span.WEEK;
            case "thisMonth" -> TimeTest.Span.MONTH;
            default ->
                throw new InvalidRuleException(
                        "anniversary must be thisWeek or thisMonth; for the next days say" + " anniversaryWithinNext");
        };
    }

    private static void refuseIgnoreCase(Value.Fields json) {
        if (json.fields().containsKey("ignoreCase")) {
            throw new InvalidRuleException("ignoreCase belongs to tests of text: "
                    + FOLDING.stream().sorted().toList() + "; a pattern says (?i)");
        }
    }
}
