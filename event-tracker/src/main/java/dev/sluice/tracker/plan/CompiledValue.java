package dev.sluice.tracker.plan;

import com.google.re2j.Pattern;
import dev.sluice.model.Value;
import dev.sluice.model.plan.JsonType;
import dev.sluice.model.plan.PropertyRule;
import dev.sluice.model.plan.Unplanned;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A {@link PropertyRule} made ready to be asked often. Immutable. */
final class CompiledValue {
    private final PropertyRule rule;
    private final String path;
    private final int requiredIndex;
    private final Set<JsonType> types;
    private final @Nullable Pattern pattern;
    private final Set<Object> oneOf = new HashSet<>();
    private final @Nullable CompiledObject object;
    private final @Nullable CompiledValue each;
    private final boolean looksAtText;
    private final boolean looksAtNumber;

    /**
     * Makes it ready.
     *
     * @param path what messages call it
     * @param requiredIndex its place among the required ones of its object, from 0; -1 if it is not required
     */
    CompiledValue(PropertyRule rule, Unplanned otherwise, String path, int requiredIndex) {
        this.rule = rule;
        this.path = path;
        this.requiredIndex = requiredIndex;
        this.types = rule.types().isEmpty() ? EnumSet.allOf(JsonType.class) : rule.types();
        this.pattern = rule.text().pattern().map(Pattern::compile).orElse(null);
        rule.oneOf().forEach(value -> oneOf.add(plain(value)));
        this.object = rule.object()
                .map(inner -> new CompiledObject(inner, otherwise, path))
                .orElse(null);
        this.each = rule.items()
                .each()
                .map(inner -> new CompiledValue(inner, otherwise, path + "[]", -1))
                .orElse(null);
        this.looksAtText = !rule.text().equals(PropertyRule.TextRule.ANY) || !oneOf.isEmpty();
        this.looksAtNumber = !rule.number().equals(PropertyRule.NumberRule.ANY) || !oneOf.isEmpty();
    }

    String path() {
        return path;
    }

    int requiredIndex() {
        return requiredIndex;
    }

    /** What an object must be, if anything is said of it. */
    @Nullable
    CompiledObject object() {
        return object;
    }

    /** What an array's elements must be, if anything is said of them. */
    @Nullable
    CompiledValue each() {
        return each;
    }

    /** Judges the value at whose first token the parser stands, without what is inside it. */
    void check(JsonParser parser) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> container(JsonType.OBJECT);
            case START_ARRAY -> container(JsonType.ARRAY);
            case VALUE_STRING -> {
                requireType(JsonType.STRING);
                if (looksAtText) {
                    text(parser.getString());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, parser);
            case VALUE_TRUE, VALUE_FALSE -> {
                requireType(JsonType.BOOLEAN);
                requireOneOf(token == JsonToken.VALUE_TRUE);
            }
            case VALUE_NULL -> {
                requireType(JsonType.NULL);
                requireOneOf(Value.NOTHING);
            }
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("not at a value");
        }
    }

    private void container(JsonType type) {
        requireType(type);
        if (!oneOf.isEmpty()) {
            // Only plain values can be listed.
            throw notOneOf();
        }
    }

    /** Judges how many elements an array had. */
    void checkItems(int items) {
        int least = rule.items().minItems().orElse(0);
        int most = rule.items().maxItems().orElse(Integer.MAX_VALUE);
        if (items < least || items > most) {
            throw violation("must have " + range(least, most) + " elements, has " + items);
        }
    }

    private void text(String text) {
        requireOneOf(text);
        PropertyRule.TextRule texts = rule.text();
        int least = texts.minLength().orElse(0);
        int most = texts.maxLength().orElse(Integer.MAX_VALUE);
        if (least > 0 || most < Integer.MAX_VALUE) {
            int length = text.codePointCount(0, text.length());
            if (length < least || length > most) {
                throw violation("must have " + range(least, most) + " characters, has " + length);
            }
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            throw violation("must match the pattern of the plan");
        }
        if (texts.format().isPresent() && !texts.format().get().matches(text)) {
            throw violation("must be of the form " + texts.format().get().word());
        }
    }

    private void number(JsonToken token, JsonParser parser) {
        boolean anyNumber = types.contains(JsonType.NUMBER);
        if (!anyNumber && !types.contains(JsonType.INTEGER)) {
            throw wrongType();
        }
        boolean mayHaveFraction = token == JsonToken.VALUE_NUMBER_FLOAT && !anyNumber;
        if (!looksAtNumber && !mayHaveFraction) {
            return;
        }
        BigDecimal number = new BigDecimal(parser.getString());
        if (mayHaveFraction && number.stripTrailingZeros().scale() > 0) {
            throw wrongType();
        }
        if (!oneOf.isEmpty()) {
            requireOneOf(number.stripTrailingZeros());
        }
        PropertyRule.NumberRule numbers = rule.number();
        boolean within = numbers.minimum()
                        .map(least -> number.compareTo(least) >= 0)
                        .orElse(true)
                && numbers.maximum().map(most -> number.compareTo(most) <= 0).orElse(true)
                && numbers.exclusiveMinimum()
                        .map(below -> number.compareTo(below) > 0)
                        .orElse(true)
                && numbers.exclusiveMaximum()
                        .map(above -> number.compareTo(above) < 0)
                        .orElse(true);
        if (!within) {
            throw violation("is out of the range of the plan");
        }
    }

    private void requireType(JsonType type) {
        if (!types.contains(type)) {
            throw wrongType();
        }
    }

    private void requireOneOf(Object value) {
        if (!oneOf.isEmpty() && !oneOf.contains(value)) {
            throw notOneOf();
        }
    }

    private Broken notOneOf() {
        return violation("must be one of the values of the plan");
    }

    private Broken wrongType() {
        String words =
                String.join(" or ", types.stream().sorted().map(JsonType::word).toList());
        return new Broken("wrong_type", path + " must be of type " + words);
    }

    private Broken violation(String message) {
        return new Broken("schema_violation", path + " " + message);
    }

    private static String range(int least, int most) {
        return most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Decimal(BigDecimal number) -> number.stripTrailingZeros();
            case Value.Flag(boolean flag) -> flag;
            case Value.Nothing nothing -> Value.NOTHING;
            case Value.Many many -> throw new IllegalArgumentException("an enum holds plain values");
            case Value.Fields fields -> throw new IllegalArgumentException("an enum holds plain values");
        };
    }
}
