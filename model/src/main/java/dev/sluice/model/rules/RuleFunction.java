package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A function that an operator of Sluice adds to the rule language: a class on the class path, named in {@code
 * META-INF/services/dev.sluice.model.rules.RuleFunction} and with a public constructor without parameters. Its two forms
 * must agree on all arguments. Implementations are thread-safe and depend on nothing but their arguments.
 */
public interface RuleFunction {
    /** The types of parameters and results. */
    enum Type {
        /** {@link Value.Text}; VARCHAR in SQL. */
        TEXT,
        /** {@link Value.Decimal} that {@link Decimals} knows; DECIMAL(27, 9) in SQL. */
        NUMBER,
        /** {@link Value.Flag}; BOOLEAN in SQL. */
        FLAG;

        /** Whether a value is of this type. */
        public boolean has(Value value) {
            return switch (this) {
                case TEXT -> value instanceof Value.Text;
                case NUMBER -> Decimals.of(value).isPresent();
                case FLAG -> value instanceof Value.Flag;
            };
        }
    }

    /** Under which rules call it: a letter, then letters and digits. */
    String name();

    /** One sentence for those who write rules. */
    String description();

    List<Type> parameters();

    Type result();

    /**
     * The Java form.
     *
     * @param arguments as many as parameters, each of its type
     * @return empty if it has no value for them; a value of another type than {@link #result()} counts as none, and so does
     *     an exception
     */
    Optional<Value> apply(List<Value> arguments);

    /**
     * The SQL form.
     *
     * @param arguments expressions of the parameters' types, none of which is NULL when its value matters
     * @return an expression of the result's type, NULL if there is no value; with none of a rule author's text and no
     *     {@code ?} in it, for that marks a bound value
     */
    String sql(SqlDialect dialect, List<String> arguments);
}
