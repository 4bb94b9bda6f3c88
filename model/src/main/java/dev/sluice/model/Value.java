package dev.sluice.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as a rule sees it: text, decimal number, flag, list or fields. JSON's {@code null} is {@link Nothing}.
 * Immutable; numbers are decimal, never binary floating point.
 */
public sealed interface Value {
    /** JSON {@code null}: a rule treats it as if the field were not there. */
    Nothing NOTHING = new Nothing();

    /** A text value for {@code text}. */
    static Text of(String text) {
        return new Text(text);
    }

    /** A whole number. */
    static Decimal of(long number) {
        return new Decimal(BigDecimal.valueOf(number));
    }

    /** A flag. */
    static Flag of(boolean flag) {
        return new Flag(flag);
    }

    /** A JSON string, as its code points are; nothing is folded or normalised here. */
    record Text(String text) implements Value {}

    /**
     * A JSON number. Equal to another if their values are ({@code 1} and {@code 1.0}).
     *
     * @param number at most {@value JsonText#MAX_DIGITS} digits and an exponent within ±{@value JsonText#MAX_EXPONENT},
     *     if it was read by {@link JsonText}
     */
    record Decimal(BigDecimal number) implements Value {
        public Decimal {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    /** A JSON boolean. */
    record Flag(boolean flag) implements Value {}

    /** JSON {@code null}. */
    record Nothing() implements Value {}

    /** A JSON array. */
    record Many(List<Value> values) implements Value {
        public Many {
            values = List.copyOf(values);
        }
    }

    /** A JSON object; fields keep the order in which they were written. */
    record Fields(Map<String, Value> fields) implements Value {
        /** An object without fields. */
        public static final Fields NONE = new Fields(Map.of());

        public Fields {
            if (!(fields instanceof FewFields)) {
                fields = fields.size() <= FewFields.MAX
                        ? FewFields.copyOf(fields)
                        : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            }
        }

        /** One field. */
        public static Fields of(String name, Value value) {
            return new Fields(new FewFields(new String[] {name}, new Value[] {value}, 1));
        }

        /** The value of a field, unless it is missing or JSON {@code null}. */
        public Optional<Value> find(String name) {
            Value value = fields.get(name);
            return value == null || value instanceof Nothing ? Optional.empty() : Optional.of(value);
        }

        /** The text of a field, unless it is missing or JSON {@code null}. */
        public Optional<String> findText(String name) {
            return find(name).map(value -> {
                if (value instanceof Text text) {
                    return text.text();
                }
                throw new MalformedException(name + " must be a string");
            });
        }

        /** The text of a field that must be there. */
        public String text(String name) {
            return findText(name).orElseThrow(() -> new MalformedException(name + " is missing"));
        }

        /** The whole number of a field that must be there. */
        public long whole(String name) {
            Value value = find(name).orElseThrow(() -> new MalformedException(name + " is missing"));
            if (value instanceof Decimal decimal) {
                try {
                    return decimal.number().longValueExact();
                } catch (ArithmeticException e) {
                    throw new MalformedException(name + " must be a whole number of 64 bits", e);
                }
            }
            throw new MalformedException(name + " must be a number");
        }

        /** The flag of a field that must be there. */
        public boolean flag(String name) {
            if (find(name).orElse(NOTHING) instanceof Flag flag) {
                return flag.flag();
            }
            throw new MalformedException(name + " must be true or false");
        }

        /** The fields of a field; none if it is missing or JSON {@code null}. */
        public Fields inner(String name) {
            Value value = find(name).orElse(NONE);
            if (value instanceof Fields fields) {
                return fields;
            }
            throw new MalformedException(name + " must be an object");
        }

        /** The elements of a field, each an object; none if it is missing or JSON {@code null}. */
        public List<Fields> innerList(String name) {
            var elements = new ArrayList<Fields>();
            for (Value element : list(name)) {
                if (!(element instanceof Fields fields)) {
                    throw new MalformedException("every element of " + name + " must be an object");
                }
                elements.add(fields);
            }
            return elements;
        }

        /** The elements of a field; none if it is missing or JSON {@code null}. */
        public List<Value> list(String name) {
            Value value = find(name).orElse(new Many(List.of()));
            if (value instanceof Many many) {
                return many.values();
            }
            throw new MalformedException(name + " must be an array");
        }

        /** These fields with one set, or removed if the value is {@link Nothing}. */
        public Fields with(String name, Value value) {
            var changed = new LinkedHashMap<>(fields);
            if (value instanceof Nothing) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return new Fields(changed);
        }

        /** @throws MalformedException if {@code v} is not the one version that this code reads */
        public Fields ofVersion(int version) {
            return ofVersions(version, version);
        }

        /** @throws MalformedException if {@code v} is none of the versions that this code reads */
        public Fields ofVersions(int oldest, int newest) {
            long written = whole("v");
            if (written < oldest || written > newest) {
                String read = oldest == newest ? "" + newest : oldest + " to " + newest;
                throw new MalformedException("v is " + written + "; this program reads v " + read);
            }
            return this;
        }
    }
}
