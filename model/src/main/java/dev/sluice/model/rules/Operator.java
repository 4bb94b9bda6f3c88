package dev.sluice.model.rules;

import java.util.Optional;

/** How a number is compared. */
public enum Operator {
    MORE_THAN("moreThan"),
    AT_LEAST("atLeast"),
    AT_MOST("atMost"),
    LESS_THAN("lessThan"),
    EXACTLY("exactly");

    private final String word;

    Operator(String word) {
        this.word = word;
    }

    /** As it is written in JSON. */
    public String word() {
        return word;
    }

    /** The operator with this word, spelt exactly. */
    public static Optional<Operator> ofWord(String word) {
        for (Operator operator : values()) {
            if (operator.word.equals(word)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
