package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Condition;

/**
 * {@link Condition}s as English sentences, such as {@code did "Order Completed" at least once in the last 30 days and
 * lives within 10 miles of 42.36, -71.06}. A sentence is data: nothing of it is executed. Stateless.
 *
 * <p>{@code parse(print(c)).equals(c)} for every condition that a segment may have and whose sentence has at most
 * {@value #MAX_LENGTH} characters; {@code print(parse(s))} is the one form of whatever {@code s} says.
 */
public final class Sentences {
    /** Characters of a sentence, as of one JSON string in which it may travel. The time to parse grows with its length. */
    public static final int MAX_LENGTH = 1 << 20;

    private Sentences() {}

    /**
     * The sentence for a condition.
     *
     * @throws IllegalArgumentException if {@link dev.sluice.model.rules.RuleSet#resolved()} has made the condition:
     *     {@link Condition.WasIn} has no form in words
     */
    public static String print(Condition condition) {
        return condition.match(new ConditionPrinter());
    }

    /**
     * The condition that a sentence says.
     *
     * @throws SentenceException if it says none, or one that breaks a limit
     */
    public static Condition parse(String sentence) {
        return new ConditionParser(cursor(sentence)).sentence();
    }

    private static Cursor cursor(String sentence) {
        if (sentence.length() > MAX_LENGTH) {
            throw new SentenceException(Mistake.limit(
                    sentence,
                    MAX_LENGTH,
                    "a sentence may have " + MAX_LENGTH + " characters, has " + sentence.length()));
        }
        return new Cursor(sentence, new Lexer(sentence).tokens());
    }
}
