package dev.sluice.model.rules.sentence;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what conditions are made of; {@link TermParser} and {@link EventParser} read it back. Stateless. */
final class Phrases {
    private Phrases() {}

    /** The events as an object: what somebody did. */
    static String object(EventFilter filter) {
        String type = filter.type().word();
        String event = filter.name()
                .map(name -> (filter.type() == EventType.TRACK ? "" : "the " + type + " ") + Quotes.quote(name))
                .orElse(filter.type() == EventType.TRACK ? "any track event" : "any " + type);
        return event + where(filter);
    }

    /** The events behind "the first" or "the last". */
    static String noun(EventFilter filter) {
        String type = filter.type().word();
        String event = filter.name()
                .map(name -> (filter.type() == EventType.TRACK ? "" : type + " ") + Quotes.quote(name))
                .orElse(filter.type() == EventType.TRACK ? "track event" : type);
        return event + where(filter);
    }

    private static String where(EventFilter filter) {
        return filter.where().isEmpty()
                ? ""
                : filter.where().stream()
                        .map(where -> Quotes.quote(where.property()) + " "
                                + where.test().match(new TestPrinter("is", true)))
                        .collect(Collectors.joining(" and ", " where ", ""));
    }

    static String window(Window window) {
        if (window instanceof Window.Last last) {
            return "in the last " + duration(last.length());
        }
        if (window instanceof Window.Between between) {
            return "from " + between.from() + " to " + between.to() + zone(between.zone());
        }
        return "ever";
    }

    /** UTC is what a missing zone means. */
    static String zone(ZoneId zone) {
        return zone.getId().equals("UTC") ? "" : " in " + zone.getId();
    }

    static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        long left = duration.toMillis();
        for (Grammar.Unit unit : Grammar.UNITS) {
            long many = left / unit.millis();
            left %= unit.millis();
            if (many > 0) {
                parts.add(many(many, unit.word()));
            }
        }
        return String.join(" ", parts);
    }

    static String times(Operator operator, int count) {
        return operator(operator, "fewer than") + " " + (count == 1 ? "once" : count + " times");
    }

    static String many(long many, String unit) {
        return many + " " + unit + (many == 1 ? "" : "s");
    }

    static String operator(Operator operator, String less) {
        return switch (operator) {
            case MORE_THAN -> "more than";
            case AT_LEAST -> "at least";
            case AT_MOST -> "at most";
            case LESS_THAN -> less;
            case EXACTLY -> "exactly";
        };
    }

    static String value(Value value) {
        if (value instanceof Value.Text text) {
            return Quotes.quote(text.text());
        }
        if (value instanceof Value.Decimal decimal) {
            return decimal.number().toPlainString();
        }
        if (value instanceof Value.Flag flag) {
            return String.valueOf(flag.flag());
        }
        throw new IllegalArgumentException("rules compare with texts, numbers and flags only");
    }
}
