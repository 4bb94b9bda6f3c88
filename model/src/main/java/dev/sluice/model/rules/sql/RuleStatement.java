package dev.sluice.model.rules.sql;

import java.util.List;

/**
 * A query and the values of its parameters, each a {@link String}, {@link Long}, {@link Boolean} or {@link
 * java.math.BigDecimal}. Immutable.
 *
 * @param text with a {@code ?} for each value; has nothing that the author of a rule wrote
 * @param values in the order of their parameters
 */
public record RuleStatement(String text, List<Object> values) {
    public RuleStatement {
        values = List.copyOf(values);
    }
}
