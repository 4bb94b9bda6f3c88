package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parses a sentence: {@code or} between what {@code and} joins, {@code and} between what {@code not} may stand before.
 * Goes through the tokens once, without trying again. Used for one sentence.
 */
final class ConditionParser {
    /** Parentheses and nots within each other, the needless ones too: bounds the recursion. */
    static final int MAX_NESTING = 5 * RuleLimits.MAX_DEPTH;

    private final Cursor cursor;
    private final LeafParser leaves;
    private int nodes;

    ConditionParser(Cursor cursor) {
        this.cursor = cursor;
        this.leaves = LeafParser.of(cursor);
    }

    /**
     * A condition and where it stands.
     *
     * @param height conditions on the longest way down, itself included
     * @param deepest where the last of them begins
     */
    private record Placed(Condition condition, int offset, int height, int deepest) {}

    Condition sentence() {
        Condition condition = or(0).condition();
        cursor.also(".");
        cursor.require(Token.Kind.END, "the end of the sentence");
        return condition;
    }

    private Placed or(int nesting) {
        return joined(this::or, () -> and(nesting), Condition.AnyOf::new);
    }

    private Placed and(int nesting) {
        return joined(this::and, () -> not(nesting), Condition.AllOf::new);
    }

    private boolean or() {
        return cursor.accept("or") || cursor.also(", or");
    }

    private boolean and() {
        return cursor.accept("and") || cursor.alsoOne(", and", "but", ", but");
    }

    private Placed joined(BooleanSupplier word, Supplier<Placed> part, Function<List<Condition>, Condition> list) {
        Placed first = part.get();
        if (!word.getAsBoolean()) {
            return first;
        }
        List<Placed> parts = new ArrayList<>(List.of(first));
        do {
            parts.add(part.get());
        } while (word.getAsBoolean());
        return around(first.offset(), parts, list);
    }

    private Placed not(int nesting) {
        int offset = cursor.offset();
        if (nesting > MAX_NESTING) {
            throw cursor.limit(offset, "parentheses nest too deep: at most " + MAX_NESTING);
        }
        if (cursor.accept("not")) {
            return around(offset, List.of(not(nesting + 1)), inner -> new Condition.Not(inner.get(0)));
        }
        if (cursor.accept("(")) {
            return closed(nesting);
        }
        if (cursor.accept("all of")) {
            return around(offset, List.of(opened(nesting)), Condition.AllOf::new);
        }
        if (cursor.accept("any of")) {
            return around(offset, List.of(opened(nesting)), Condition.AnyOf::new);
        }
        return leaf(offset);
    }

    private Placed opened(int nesting) {
        cursor.require("(");
        return closed(nesting);
    }

    private Placed closed(int nesting) {
        Placed inner = or(nesting + 1);
        cursor.require(")");
        return inner;
    }

    private Placed leaf(int offset) {
        Condition leaf = limited(offset, leaves::leaf);
        count(offset, leaf);
        return new Placed(leaf, offset, leaf instanceof Condition.Not ? 2 : 1, offset);
    }

    private Placed around(int offset, List<Placed> parts, Function<List<Condition>, Condition> node) {
        Placed highest = parts.get(0);
        for (Placed part : parts) {
            highest = part.height() > highest.height() ? part : highest;
        }
        if (highest.height() == RuleLimits.MAX_DEPTH) {
            throw cursor.limit(
                    highest.deepest(),
                    "conditions nest too deep: this is one of more than " + RuleLimits.MAX_DEPTH
                            + " within each other");
        }
        List<Condition> conditions = parts.stream().map(Placed::condition).toList();
        Condition condition = limited(offset, () -> node.apply(conditions));
        count(offset, 1);
        return new Placed(condition, offset, highest.height() + 1, highest.deepest());
    }

    private void count(int offset, Condition leaf) {
        Condition inner = leaf instanceof Condition.Not not ? not.condition() : leaf;
        int found = leaf instanceof Condition.Not ? 2 : 1;
        if (inner instanceof Condition.CurrentEvent event) {
            found += event.filter().where().size();
        } else if (inner instanceof History history) {
            found += history.filters().stream()
                    .mapToInt(filter -> filter.where().size())
                    .sum();
        }
        count(offset, found);
    }

    private void count(int offset, int found) {
        nodes += found;
        if (nodes > RuleLimits.MAX_NODES) {
            throw cursor.limit(offset, "a rule may have " + RuleLimits.MAX_NODES + " conditions; this is one too many");
        }
    }

    private Condition limited(int offset, Supplier<Condition> made) {
        try {
            return made.get();
        } catch (InvalidRuleException e) {
            throw cursor.limit(offset, String.valueOf(e.getMessage()));
        }
    }
}
