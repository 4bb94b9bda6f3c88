package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/** {@code textLength(text)}: how many code points a text has. */
final class TextLength implements RuleFunction {
    @Override
    public String name() {
        return "textLength";
    }

    @Override
    public String description() {
        return "How many characters (code points) a text has.";
    }

    @Override
    public List<Type> parameters() {
        return List.of(Type.TEXT);
    }

    @Override
    public Type result() {
        return Type.NUMBER;
    }

    @Override
    public Optional<Value> apply(List<Value> arguments) {
        String text = ((Value.Text) arguments.get(0)).text();
        return Optional.of(Value.of(text.codePointCount(0, text.length())));
    }

    @Override
    public String sql(SqlDialect dialect, List<String> arguments) {
        return "CAST(length(" + arguments.get(0) + ") AS DECIMAL(27, 9))";
    }
}
