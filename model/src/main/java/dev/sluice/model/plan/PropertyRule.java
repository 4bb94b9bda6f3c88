package dev.sluice.model.plan;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a value may be. The words are those of JSON Schema and mean the same; a rule of texts says nothing of numbers.
 *
 * @param types any if empty
 * @param required whether the object must have it
 * @param oneOf plain values, one of which it must be; any if empty
 * @param object of an object
 * @param items of an array
 */
public record PropertyRule(
        Set<JsonType> types,
        boolean required,
        TextRule text,
        NumberRule number,
        List<Value> oneOf,
        Optional<ObjectRule> object,
        ArrayRule items) {
    /** Nothing is said of it. */
    public static final PropertyRule ANY =
            new PropertyRule(Set.of(), false, TextRule.ANY, NumberRule.ANY, List.of(), Optional.empty(), ArrayRule.ANY);

    public PropertyRule {
        types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
        oneOf = List.copyOf(oneOf);
    }

    /**
     * Of a text.
     *
     * @param minLength in characters (code points)
     * @param maxLength the same
     * @param pattern of RE2, found anywhere in it
     */
    public record TextRule(
            OptionalInt minLength, OptionalInt maxLength, Optional<String> pattern, Optional<TextFormat> format) {
        public static final TextRule ANY =
                new TextRule(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a number. */
    public record NumberRule(
            Optional<BigDecimal> minimum,
            Optional<BigDecimal> maximum,
            Optional<BigDecimal> exclusiveMinimum,
            Optional<BigDecimal> exclusiveMaximum) {
        public static final NumberRule ANY =
                new NumberRule(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of an array. */
    public record ArrayRule(OptionalInt minItems, OptionalInt maxItems, Optional<PropertyRule> each) {
        public static final ArrayRule ANY = new ArrayRule(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }
}
