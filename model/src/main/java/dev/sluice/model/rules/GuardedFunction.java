package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A function as engines call it: one that throws has no value, so that no event can stop the stream by what a function
 * does not expect.
 */
record GuardedFunction(RuleFunction function) implements RuleFunction {
    @Override
    public Optional<Value> apply(List<Value> arguments) {
        try {
            return function.apply(arguments);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public String description() {
        return function.description();
    }

    @Override
    public List<Type> parameters() {
        return function.parameters();
    }

    @Override
    public Type result() {
        return function.result();
    }

    @Override
    public String sql(SqlDialect dialect, List<String> arguments) {
        return function.sql(dialect, arguments);
    }
}
