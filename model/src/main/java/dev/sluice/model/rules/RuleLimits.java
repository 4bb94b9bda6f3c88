package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.time.Duration;
import java.util.List;

/** What a rule may come to, and why. Everything beyond is refused when a rule is published. */
public final class RuleLimits {
    /** Conditions nested in conditions: more cannot be read by a person, and recursion stays shallow. */
    public static final int MAX_DEPTH = 10;
    /** Children of one node: what fits a screen of the console, several times over. */
    public static final int MAX_CHILDREN = 50;
    /** Nodes of one segment's tree: bounds what one evaluation can cost. */
    public static final int MAX_NODES = 500;
    /** Values in one list. */
    public static final int MAX_LIST = 500;
    /** Characters of one text. */
    public static final int MAX_TEXT = 512;
    /** Characters of a segment's id, an event's, property's or trait's name. */
    public static final int MAX_NAME = 128;
    /** Segments of one rule set, for this engine. */
    public static final int MAX_SEGMENTS = 1000;
    /** So many events of one count, and one more, are kept for ever so long as its window reaches them. */
    public static final int MAX_COUNT = 200;
    /** A year and a month: the longest period that marketing compares. */
    public static final Duration MAX_WINDOW = Duration.ofDays(400);

    private RuleLimits() {}

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
    }

    static void text(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw new InvalidRuleException("text must have 1 to " + MAX_TEXT + " characters, has " + text.length());
        }
    }

    static void window(Duration last) {
        boolean wholeMillis = last.getNano() % 1_000_000 == 0;
        if (last.isNegative() || last.isZero() || last.compareTo(MAX_WINDOW) > 0 || !wholeMillis) {
            throw new InvalidRuleException("last must be over 0 and at most " + MAX_WINDOW.toDays()
                    + " days, in whole milliseconds, is " + last);
        }
    }

    static void scalar(Value value) {
        if (value instanceof Value.Many || value instanceof Value.Fields || value instanceof Value.Nothing) {
            throw new InvalidRuleException("compare with a text, a number or a flag, not with a list, object or null");
        }
        if (value instanceof Value.Text text && text.text().length() > MAX_TEXT) {
            throw new InvalidRuleException("text must have at most " + MAX_TEXT + " characters");
        }
    }

    /** Refuses a tree that is too deep or too large. */
    static void tree(Condition root) {
        int nodes = new Size(1).of(root);
        if (nodes > MAX_NODES) {
            throw new InvalidRuleException("a rule may have " + MAX_NODES + " conditions, has " + nodes);
        }
    }

    private record Size(int depth) implements Condition.Cases<Integer> {
        int of(Condition condition) {
            if (depth > MAX_DEPTH) {
                throw new InvalidRuleException("conditions may nest " + MAX_DEPTH + " deep");
            }
            return condition.match(this);
        }

        private int of(List<Condition> children) {
            var below = new Size(depth + 1);
            return 1 + children.stream().mapToInt(below::of).sum();
        }

        @Override
        public Integer allOf(Condition.AllOf all) {
            return of(all.conditions());
        }

        @Override
        public Integer anyOf(Condition.AnyOf any) {
            return of(any.conditions());
        }

        @Override
        public Integer not(Condition.Not not) {
            return of(List.of(not.condition()));
        }

        @Override
        public Integer currentEvent(Condition.CurrentEvent event) {
            return 1 + event.filter().where().size();
        }

        @Override
        public Integer eventCount(Condition.EventCount count) {
            return 1 + count.filter().where().size();
        }

        @Override
        public Integer trait(Condition.Trait trait) {
            return 1;
        }

        @Override
        public Integer statistic(Condition.Statistic statistic) {
            return 1;
        }
    }
}
