package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.List;

/**
 * What is kept of one event's values, so that nobody can fill a person's state: a text is cut to {@value #MAX_TEXT}
 * characters (longer than any text of a rule), a list to {@value #MAX_LIST} elements, and an object, or what is beyond
 * {@value #MAX_EVENT} characters in all, becomes an empty object, of which only {@code exists} is true. Used for one
 * event.
 */
final class BoundedValues {
    static final int MAX_TEXT = 2 * RuleLimits.MAX_TEXT;
    static final int MAX_LIST = 50;
    static final int MAX_EVENT = 2 * MAX_TEXT;

    private int left = MAX_EVENT;

    Value keep(Value value) {
        if (value instanceof Value.Text text) {
            return keep(text.text());
        }
        if (value instanceof Value.Many many) {
            List<Value> first =
                    many.values().subList(0, Math.min(MAX_LIST, many.values().size()));
            return new Value.Many(first.stream()
                    .map(element -> element instanceof Value.Many ? Value.Fields.NONE : keep(element))
                    .toList());
        }
        return value instanceof Value.Fields ? Value.Fields.NONE : value;
    }

    private Value keep(String text) {
        int length = Math.min(MAX_TEXT, text.length());
        if (length > left) {
            return Value.Fields.NONE;
        }
        left -= length;
        // Half of a surrogate pair could not be written as UTF-8.
        boolean splits = length < text.length() && Character.isHighSurrogate(text.charAt(length - 1));
        return Value.of(text.substring(0, splits ? length - 1 : length));
    }
}
