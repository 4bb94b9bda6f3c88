package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Operator;

/** Which outcomes of {@code compareTo} an operator takes. */
record Comparison(boolean less, boolean same, boolean more) {
    static Comparison of(Operator operator) {
        return switch (operator) {
            case MORE_THAN -> new Comparison(false, false, true);
            case AT_LEAST -> new Comparison(false, true, true);
            case AT_MOST -> new Comparison(true, true, false);
            case LESS_THAN -> new Comparison(true, false, false);
            case EXACTLY -> new Comparison(false, true, false);
        };
    }

    boolean holds(int order) {
        if (order == 0) {
            return same;
        }
        return order < 0 ? less : more;
    }
}
