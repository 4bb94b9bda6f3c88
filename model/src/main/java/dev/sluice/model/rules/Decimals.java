package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which numbers rules know: at most {@value #MAX_INTEGER_DIGITS} digits before the decimal point and {@value #MAX_SCALE}
 * after it, so that a sum of ten million of them, or a product with such a count, is exact in the 38
 * digits of every engine. Any other number is to a rule like an object: only {@code exists} is true of it. Stateless.
 */
public final class Decimals {
    public static final int MAX_INTEGER_DIGITS = 18;
    public static final int MAX_SCALE = 9;

    private Decimals() {}

    /** Whether rules know the number. */
    public static boolean isKnown(BigDecimal number) {
        return number.scale() <= MAX_SCALE && (long) number.precision() - number.scale() <= MAX_INTEGER_DIGITS;
    }

    /** The number that a value is, if rules know it. */
    public static Optional<BigDecimal> of(Value value) {
        return value instanceof Value.Decimal decimal && isKnown(decimal.number())
                ? Optional.of(decimal.number())
                : Optional.empty();
    }

    /**
     * The value as it is taken in: decimals beyond the ninth, of it or of a list's elements, are rounded, half to even. A
     * JavaScript client's 0.1 + 0.2 is 0.30000000000000004.
     */
    public static Value rounded(Value value) {
        if (value instanceof Value.Decimal decimal && decimal.number().scale() > MAX_SCALE) {
            return new Value.Decimal(decimal.number().setScale(MAX_SCALE, RoundingMode.HALF_EVEN));
        }
        if (value instanceof Value.Many many) {
            return many.values().stream().allMatch(Decimals::isRound)
                    ? many
                    : new Value.Many(
                            many.values().stream().map(Decimals::rounded).toList());
        }
        return value;
    }

    private static boolean isRound(Value value) {
        return value instanceof Value.Many many
                ? many.values().stream().allMatch(Decimals::isRound)
                : !(value instanceof Value.Decimal decimal && decimal.number().scale() > MAX_SCALE);
    }

    /** The same of the values of fields. */
    public static Value.Fields rounded(Value.Fields fields) {
        boolean round = true;
        for (Value value : fields.fields().values()) {
            round &= isRound(value);
        }
        if (round) {
            return fields;
        }
        Map<String, Value> rounded = new LinkedHashMap<>();
        fields.fields().forEach((name, value) -> rounded.put(name, rounded(value)));
        return new Value.Fields(rounded);
    }
}
