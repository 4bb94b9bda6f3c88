package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/** {@code repeated(text, number)}: a function as an operator of Sluice may add one; of 0 times it gives a wrong type. */
public final class Repeated implements RuleFunction {
    @Override
    public String name() {
        return "repeated";
    }

    @Override
    public String description() {
        return "A text so many times, 0 to 9.";
    }

    @Override
    public List<Type> parameters() {
        return List.of(Type.TEXT, Type.NUMBER);
    }

    @Override
    public Type result() {
        return Type.TEXT;
    }

    @Override
    public Optional<Value> apply(List<Value> arguments) {
        String text = ((Value.Text) arguments.get(0)).text();
        int times = ((Value.Decimal) arguments.get(1)).number().intValue();
        if (times == 0) {
            return Optional.of(Value.of(false));
        }
        return times < 0 || times > 9 ? Optional.empty() : Optional.of(Value.of(text.repeat(times)));
    }

    @Override
    public String sql(SqlDialect dialect, List<String> arguments) {
        return "CASE WHEN " + arguments.get(1) + " BETWEEN 1 AND 9 THEN repeat(" + arguments.get(0) + ", CAST("
                + arguments.get(1) + " AS INTEGER)) END";
    }
}
