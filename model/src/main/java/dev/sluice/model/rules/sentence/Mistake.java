package dev.sluice.model.rules.sentence;

import java.util.List;
import java.util.Optional;

/**
 * The first place of a sentence where it can be no condition. Immutable.
 *
 * @param offset where, in {@code char}s from 0; of a broken limit, where the condition begins that breaks it
 * @param line from 1
 * @param column in characters from 1
 * @param problem in one sentence
 * @param expected what may stand there, in the words to type or as {@code a number}; empty if a limit is broken
 * @param found what stands there, at most {@value #MAX_FOUND} characters of it
 * @param suggestion what may be meant in place of {@code found}
 */
public record Mistake(
        int offset,
        int line,
        int column,
        String problem,
        List<String> expected,
        String found,
        Optional<String> suggestion) {
    static final int MAX_FOUND = 60;

    public Mistake {
        expected = List.copyOf(expected);
    }

    /** Of something unexpected; {@code told} is {@code expected} as the problem tells it. */
    static Mistake at(
            String sentence,
            int offset,
            List<String> expected,
            List<String> told,
            String found,
            Optional<String> suggestion) {
        String shown = found.codePointCount(0, found.length()) <= MAX_FOUND
                ? found
                : found.substring(0, found.offsetByCodePoints(0, MAX_FOUND - 1)) + "…";
        return new Mistake(
                offset,
                line(sentence, offset),
                column(sentence, offset),
                "expected " + joined(told) + "; found " + shown,
                expected,
                shown,
                suggestion);
    }

    static Mistake limit(String sentence, int offset, String problem) {
        return new Mistake(
                offset, line(sentence, offset), column(sentence, offset), problem, List.of(), "", Optional.empty());
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + problem
                + suggestion.map(meant -> "; did you mean " + meant + "?").orElse("");
    }

    private static String joined(List<String> told) {
        int last = told.size() - 1;
        return last < 1 ? String.join("", told) : String.join(", ", told.subList(0, last)) + " or " + told.get(last);
    }

    private static int line(String sentence, int offset) {
        return 1
                + (int) sentence.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static int column(String sentence, int offset) {
        int lineStart = offset == 0 ? 0 : sentence.lastIndexOf('\n', offset - 1) + 1;
        return 1 + sentence.codePointCount(lineStart, offset);
    }
}
