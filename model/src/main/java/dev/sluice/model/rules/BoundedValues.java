package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of one event's values, so that nobody can fill a person's state: a text is cut to {@value #MAX_TEXT}
 * characters (longer than any text of a rule), a list to {@value #MAX_LIST} elements, and an object, or what is beyond
 * {@value #MAX_EVENT} characters in all, becomes an empty object, of which only {@code exists} is true; decimals are rounded. Used for one
 * event.
 */
final class BoundedValues {
    static final int MAX_TEXT = 2 * RuleLimits.MAX_TEXT;
    static final int MAX_LIST = 50;
    static final int MAX_EVENT = 2 * MAX_TEXT;

    /** Of what is kept only to be shared: a list of sixteen device tokens. */
    static final int MAX_SHARED = 4_096;

    private int left;

    BoundedValues() {
        this(MAX_EVENT);
    }

    /** @param most characters in all */
    BoundedValues(int most) {
        this.left = most;
    }

    Value keep(Value value) {
        if (value instanceof Value.Text text) {
            return keep(text);
        }
        if (value instanceof Value.Many many) {
            List<Value> first =
                    many.values().subList(0, Math.min(MAX_LIST, many.values().size()));
            return new Value.Many(first.stream()
                    .map(element -> element instanceof Value.Many ? Value.Fields.NONE : keep(element))
                    .toList());
        }
        return value instanceof Value.Fields ? Value.Fields.NONE : Decimals.rounded(value);
    }

    /** As above, and of an object the flags among its first {@value #MAX_LIST} fields. */
    Value keepFlags(Value value) {
        if (!(value instanceof Value.Fields fields)) {
            return keep(value);
        }
        Map<String, Value> flags = new LinkedHashMap<>();
        fields.fields().entrySet().stream()
                .limit(MAX_LIST)
                .filter(field ->
                        field.getValue() instanceof Value.Flag && field.getKey().length() <= RuleLimits.MAX_NAME)
                .forEach(field -> flags.put(field.getKey(), field.getValue()));
        return new Value.Fields(flags);
    }

    private Value keep(Value.Text value) {
        String text = value.text();
        int length = Math.min(MAX_TEXT, text.length());
        if (length > left) {
            return Value.Fields.NONE;
        }
        left -= length;
        if (length == text.length() && !hasSurrogate(text)) {
            return value;
        }
        boolean splits = length < text.length() && Character.isHighSurrogate(text.charAt(length - 1));
        return Value.of(whole(text.substring(0, splits ? length - 1 : length)));
    }

    /** Half of a surrogate pair could not be written as UTF-8: the replacement character stands for it. */
    private static String whole(String text) {
        return hasSurrogate(text) ? withoutHalves(text) : text;
    }

    private static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutHalves(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
