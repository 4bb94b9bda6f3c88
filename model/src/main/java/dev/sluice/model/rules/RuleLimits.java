package dev.sluice.model.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/** What a rule may come to, and why. Everything beyond is refused when a rule is published. */
public final class RuleLimits {
    /** Conditions nested in conditions: more cannot be read by a person, and recursion stays shallow. */
    public static final int MAX_DEPTH = 10;
    /** Children of one node: what fits a screen of the console, several times over. */
    public static final int MAX_CHILDREN = 50;
    /** Nodes of one segment's tree: bounds what one evaluation can cost. */
    public static final int MAX_NODES = 500;
    /** Nodes of one segment's tree when the segments that it refers to stand in it, and how deep they may nest. */
    public static final int MAX_RESOLVED_NODES = 2_000;

    public static final int MAX_RESOLVED_DEPTH = 40;
    /** Segments that refer to segments that refer…: more cannot be followed by a person, and recursion stays shallow. */
    public static final int MAX_REFERENCES = 20;
    /** Nodes of all segments of a set, those that they refer to included: bounds the time and memory to build it. */
    public static final int MAX_SET_NODES = 1_000_000;
    /** Values in one list. */
    public static final int MAX_LIST = 500;
    /** Characters of one text. */
    public static final int MAX_TEXT = 512;
    /** Characters of one pattern, and how often its counted repetitions may repeat in all: bounds its program. */
    public static final int MAX_PATTERN = 256;

    public static final int MAX_REPETITION = 1_000;
    /** A pattern's length times its counted repetitions: bounds the time and the stack that one match can take. */
    public static final int MAX_PATTERN_STEPS = 4_000;
    /** The same of all patterns of one segment's tree: bounds the time that one evaluation can take. */
    public static final int MAX_TREE_PATTERN_STEPS = 20_000;
    /** Characters of a segment's id, an event's, property's or trait's name. */
    public static final int MAX_NAME = 128;
    /** Arguments of one call. */
    public static final int MAX_ARGUMENTS = 8;
    /** Segments of one rule set: the largest for which figures are in {@code docs/benchmarks.md}. */
    public static final int MAX_SEGMENTS = 20_000;
    /** So many events of one count, and one more, are kept for ever so long as its window reaches them. */
    public static final int MAX_COUNT = 200;
    /** A year and a month: the longest period that marketing compares. */
    public static final Duration MAX_WINDOW = Duration.ofDays(400);
    /** How far from now a date that a trait tells may be asked for: a long life. */
    public static final Duration MAX_AHEAD = Duration.ofDays(36_525);
    /** Half the Earth's circumference: nothing is farther. */
    public static final BigDecimal MAX_DISTANCE_METERS = new BigDecimal("20015115");

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    /** Kept, for the runtime makes a new set of its 600 names each time it is asked. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private RuleLimits() {}

    /** Names of the time zones that a rule may go by. */
    public static Set<String> zones() {
        return ZONES;
    }

    static <T> List<T> bounded(String what, List<T> list, int max) {
        if (list.isEmpty() || list.size() > max) {
            throw new InvalidRuleException(what + " must hold 1 to " + max + " elements, holds " + list.size());
        }
        return List.copyOf(list);
    }

    static void name(String what, String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new InvalidRuleException(
                    what + " must be a name of 1 to " + MAX_NAME + " characters, has " + name.length());
        }
        unicode(name);
    }

    static void text(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw new InvalidRuleException("text must have 1 to " + MAX_TEXT + " characters, has " + text.length());
        }
        unicode(text);
    }

    /** @throws InvalidRuleException if it is not a pattern of RE2, or one that takes long */
    public static void pattern(String pattern) {
        if (pattern.isEmpty() || pattern.length() > MAX_PATTERN) {
            throw new InvalidRuleException(
                    "a pattern must have 1 to " + MAX_PATTERN + " characters, has " + pattern.length());
        }
        unicode(pattern);
        long repetitions = repetitions(pattern);
        if (repetitions > MAX_REPETITION) {
            throw new InvalidRuleException(
                    "a pattern's counted repetitions must multiply to at most " + MAX_REPETITION);
        }
        if (patternSteps(pattern) > MAX_PATTERN_STEPS) {
            throw new InvalidRuleException("a pattern's length times its counted repetitions must be at most "
                    + MAX_PATTERN_STEPS + ", is " + patternSteps(pattern));
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidRuleException("not an RE2 pattern: " + e.getDescription(), e);
        }
    }

    /** A pattern's length times its counted repetitions: what one character of text can cost. */
    public static long patternSteps(String pattern) {
        return repetitions(pattern) * pattern.length();
    }

    private static long repetitions(String pattern) {
        long repetitions = 1;
        for (Matcher found = REPETITION.matcher(pattern); found.find(); ) {
            String most = found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
            repetitions = Math.min(Integer.MAX_VALUE, repetitions * Math.max(1, Long.parseLong(most)));
        }
        return repetitions;
    }

    static void count(int count) {
        if (count < 0 || count > MAX_COUNT) {
            throw new InvalidRuleException("a count must be 0 to " + MAX_COUNT + ", is " + count);
        }
    }

    static void duration(String what, Duration duration) {
        within(what, duration, MAX_WINDOW);
    }

    static void span(Duration duration) {
        within("the time from now", duration, MAX_AHEAD);
    }

    private static void within(String what, Duration duration, Duration max) {
        boolean wholeMillis = duration.getNano() % 1_000_000 == 0;
        if (duration.isNegative() || duration.isZero() || duration.compareTo(max) > 0 || !wholeMillis) {
            throw new InvalidRuleException(what + " must be over 0 and at most " + max.toDays()
                    + " days, in whole milliseconds, is " + duration);
        }
    }

    static void instant(Instant instant) {
        if (instant.isBefore(Times.EARLIEST) || instant.isAfter(Times.LATEST) || instant.getNano() % 1_000_000 != 0) {
            throw new InvalidRuleException("a time must be in the years 0001 to 9999, in whole milliseconds");
        }
    }

    static void date(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new InvalidRuleException("a date must be in the years 0001 to 9999, is " + date);
        }
    }

    /** Only zones of the time zone database: their rules are known at every moment. */
    static void zone(ZoneId zone) {
        if (!ZONES.contains(zone.getId())) {
            throw new InvalidRuleException("zone must be one of the time zone database, such as Europe/Paris or UTC");
        }
    }

    /** A rule that speaks of two calendars at once would be misread. */
    static void oneZone(Window window, ZoneId zone) {
        if (window instanceof Window.Between between && !between.zone().equals(zone)) {
            throw new InvalidRuleException("one condition goes by one zone, not by " + between.zone() + " and " + zone);
        }
    }

    /** The number in its one form. */
    static BigDecimal number(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        if (!Decimals.isKnown(plain)) {
            throw new InvalidRuleException("a number may have " + Decimals.MAX_INTEGER_DIGITS
                    + " digits before the decimal point and " + Decimals.MAX_SCALE + " after it");
        }
        return plain;
    }

    static void scalar(Value value) {
        if (value instanceof Value.Text text) {
            if (text.text().length() > MAX_TEXT) {
                throw new InvalidRuleException("text must have at most " + MAX_TEXT + " characters");
            }
            unicode(text.text());
        } else if (value instanceof Value.Decimal decimal) {
            number(decimal.number());
        } else if (!(value instanceof Value.Flag)) {
            throw new InvalidRuleException("compare with a text, a number or a flag, not with a list, object or null");
        }
    }

    /** Half of a surrogate pair is no character, and no engine but Java's can hold it. */
    private static void unicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0) {
                throw new InvalidRuleException("text holds NUL, which nobody means to look for");
            } else if (Character.isSurrogate(c)) {
                throw new InvalidRuleException("text holds half of a surrogate pair, which is no character");
            }
        }
    }

    /** Refuses a tree that is too deep or too large. */
    static void tree(Condition root) {
        int nodes = nodes(root, MAX_DEPTH);
        if (nodes > MAX_NODES) {
            throw new InvalidRuleException("a rule may have " + MAX_NODES + " conditions, has " + nodes);
        }
        long steps = PatternSteps.of(root);
        if (steps > MAX_TREE_PATTERN_STEPS) {
            throw new InvalidRuleException(
                    "the lengths of a rule's patterns, each times its counted repetitions, may be "
                            + MAX_TREE_PATTERN_STEPS + " in all, are " + steps);
        }
    }

    /** How many nodes a tree has that {@link #tree} lets pass. */
    static int nodes(Condition root) {
        return nodes(root, MAX_DEPTH);
    }

    /** What a leaf or an inner node counts by itself: each test of a property is one. */
    static int ownNodes(Condition condition) {
        int nodes = 1;
        if (condition instanceof Condition.CurrentEvent event) {
            nodes += event.filter().where().size();
        } else if (condition instanceof History history) {
            for (EventFilter filter : history.filters()) {
                nodes += filter.where().size();
            }
        }
        return nodes;
    }

    private static int nodes(Condition condition, int depthLeft) {
        if (depthLeft == 0) {
            throw new InvalidRuleException("conditions may nest " + MAX_DEPTH + " deep");
        }
        int nodes = ownNodes(condition);
        for (Condition child : condition.children()) {
            nodes += nodes(child, depthLeft - 1);
            if (nodes > MAX_RESOLVED_NODES) {
                return nodes;
            }
        }
        return nodes;
    }
}
