package dev.sluice.model.rules.sentence;

import dev.sluice.model.EventType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that printing and parsing share. Stateless. */
final class Grammar {
    /** In the order of {@link dev.sluice.model.rules.History.Aggregate}. */
    static final List<String> AGGREGATES = List.of("sum", "average", "minimum", "maximum");

    /** Types of event that are named by their type and, perhaps, their name. */
    static final List<EventType> TYPED = List.of(EventType.PAGE, EventType.SCREEN, EventType.GROUP);

    /** Milliseconds of each unit of time, the largest first. */
    static final List<Unit> UNITS = List.of(
            new Unit("day", 86_400_000),
            new Unit("hour", 3_600_000),
            new Unit("minute", 60_000),
            new Unit("second", 1_000),
            new Unit("millisecond", 1));

    static final Unit WEEK = new Unit("week", 604_800_000);

    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    /** Words that have a meaning of their own before a parenthesis, or where a condition or value begins. */
    private static final Set<String> RESERVED = Set.of(
            "agreed",
            "all",
            "and",
            "any",
            "did",
            "does",
            "false",
            "function",
            "has",
            "in",
            "is",
            "joined",
            "lives",
            "never",
            "not",
            "of",
            "or",
            "refused",
            "saw",
            "statistic",
            "the",
            "trait",
            "true",
            "viewed");

    /** A unit of time. */
    record Unit(String word, long millis) {}

    private Grammar() {}

    /** Whether a function may be called by this name without quotes. */
    static boolean isFunctionName(String name) {
        return FUNCTION.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
