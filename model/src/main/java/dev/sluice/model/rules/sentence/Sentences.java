package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Condition;
import java.util.List;
import java.util.Locale;

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

    /**
     * What may follow a beginning: words as they are typed, and what else is expected as {@link Mistake#expected()} says
     * it. A word that is cut short is completed.
     *
     * @param offset where the beginning ends, 0 to the length of the sentence
     * @return empty if the beginning is wrong already, or ends within quotes
     * @throws SentenceException if the beginning is too long
     */
    public static List<String> complete(String sentence, int offset) {
        String beginning = sentence.substring(0, offset);
        Cursor cursor = cursor(beginning);
        try {
            new ConditionParser(cursor).sentence();
        } catch (SentenceException e) {
            if (e.mistake().expected().isEmpty()) {
                return List.of();
            }
        }
        Token stopped = cursor.furthest();
        if (stopped.kind() == Token.Kind.END) {
            return cursor.expected();
        }
        boolean cut = stopped.kind() == Token.Kind.WORD && stopped.end() == offset;
        String begun = stopped.text().toLowerCase(Locale.ROOT);
        return cut
                ? cursor.expected().stream()
                        .filter(word -> word.startsWith(begun))
                        .toList()
                : List.of();
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
