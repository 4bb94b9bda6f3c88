package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/** {@code emailDomain(text)}: what stands after the one {@code @} of a text; none if there is not just one. */
final class EmailDomain implements RuleFunction {
    @Override
    public String name() {
        return "emailDomain";
    }

    @Override
    public String description() {
        return "What stands after the @ of an e-mail address.";
    }

    @Override
    public List<Type> parameters() {
        return List.of(Type.TEXT);
    }

    @Override
    public Type result() {
        return Type.TEXT;
    }

    @Override
    public Optional<Value> apply(List<Value> arguments) {
        String text = ((Value.Text) arguments.get(0)).text();
        int at = text.indexOf('@');
        return at >= 0 && at == text.lastIndexOf('@')
                ? Optional.of(Value.of(text.substring(at + 1)))
                : Optional.empty();
    }

    @Override
    public String sql(SqlDialect dialect, List<String> arguments) {
        String text = arguments.get(0);
        return "CASE WHEN length(" + text + ") - length(replace(" + text + ", '@', '')) = 1 THEN split_part(" + text
                + ", '@', 2) END";
    }
}
