package dev.sluice.model.rules.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.GeneratedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is typed is either a condition that comes back from its own sentence, or a {@link SentenceException} with a
 * place within the sentence; and the work grows with the length of the sentence only.
 */
class SentenceFuzzTest {
    private static final long SEED = 1121;
    private static final int MAX_LOOKS_PER_TOKEN = 200;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void mutatedSentencesAreRefusedOrMeanSomething() {
        List<String> sentences = sentences();
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            String sentence = sentences.get(random.nextInt(sentences.size()));
            for (int many = random.nextInt(100) < 70 ? 1 : 3; many > 0; many--) {
                sentence = mutated(sentence, sentences);
            }
            understood += holds(sentence) ? 1 : 0;
        }
        assertThat(understood).isBetween(500, 19_500);
    }

    @Test
    void heapsOfTokensAreRefusedOrMeanSomething() {
        List<String> pieces = new ArrayList<>(List.of("(", ")", "\"a\"", "3", "days", ",", "\\", "\"", "\n", "\u0000"));
        sentences().forEach(sentence -> pieces.addAll(List.of(sentence.split(" "))));
        for (int i = 0; i < 10_000; i++) {
            var heap = new StringBuilder();
            for (int many = random.nextInt(12); many >= 0; many--) {
                heap.append(pieces.get(random.nextInt(pieces.size()))).append(' ');
            }
            holds(heap.toString());
        }
    }

    @Test
    void hugeSentencesTakeWorkByTheirLengthOnly() {
        for (String unit :
                List.of("(", "not ", "a ", "\"a\" ", "1 ", "and ", "1 day ", ", ", "\\", "did \"a\" ", "“", "= ")) {
            holds(unit.repeat(20_000));
            holds("the trait \"x\" is one of 1" + (", " + unit).repeat(5_000));
            holds("did \"A\" where " + ("\"x\" is " + unit + " and ").repeat(5_000));
            holds("did \"A\" in the last " + unit.repeat(10_000));
        }
    }

    private boolean holds(String sentence) {
        List<Token> tokens = new Lexer(sentence).tokens();
        var cursor = new Cursor(sentence, tokens);
        try {
            Condition condition = new ConditionParser(cursor).sentence();
            assertThat(Sentences.parse(Sentences.print(condition))).as(sentence).isEqualTo(condition);
            return true;
        } catch (SentenceException e) {
            Mistake mistake = e.mistake();
            assertThat(mistake.offset()).as("seed %d: %s", SEED, sentence).isBetween(0, sentence.length());
            assertThat(mistake.found().length()).isLessThanOrEqualTo(2 * Mistake.MAX_FOUND);
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + SEED + ": " + sentence, e);
        } finally {
            assertThat(cursor.looks()).isLessThanOrEqualTo(MAX_LOOKS_PER_TOKEN * (tokens.size() + 1));
        }
    }

    private static List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (Value.Fields row : Resources.read("table.json").innerList("rows")) {
            sentences.add(row.text("says"));
            row.list("also").forEach(also -> sentences.add(((Value.Text) also).text()));
        }
        var rules = new GeneratedRules(SEED);
        for (int i = 0; i < 200; i++) {
            sentences.add(Sentences.print(rules.condition()));
        }
        return sentences;
    }

    private String mutated(String sentence, List<String> sentences) {
        if (sentence.isEmpty()) {
            return sentence;
        }
        int at = random.nextInt(sentence.length());
        int to = Math.min(sentence.length(), at + 1 + random.nextInt(12));
        String before = sentence.substring(0, at);
        String other = sentences.get(random.nextInt(sentences.size()));
        int from = random.nextInt(other.length());
        String piece = other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(20)));
        return switch (random.nextInt(7)) {
            case 0 -> before + sentence.substring(at + 1);
            case 1 -> before + sentence.substring(to);
            case 2 -> before + piece + sentence.substring(at);
            case 3 -> before + sentence.substring(at, to) + sentence.substring(at);
            case 4 -> before + (char) random.nextInt(Character.MAX_VALUE + 1) + sentence.substring(at + 1);
            case 5 -> swapped(sentence.split(" "));
            default -> before;
        };
    }

    private String swapped(String[] words) {
        int one = random.nextInt(words.length);
        int other = random.nextInt(words.length);
        String word = words[one];
        words[one] = words[other];
        words[other] = word;
        return String.join(" ", words);
    }
}
