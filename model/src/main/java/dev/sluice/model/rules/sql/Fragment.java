package dev.sluice.model.rules.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a query: text of ours, and the values of its parameters in the order in which they stand. A value never
 * becomes text, however fragments are put together. Immutable.
 */
record Fragment(String text, List<Object> values) {
    Fragment {
        values = List.copyOf(values);
    }

    /** A parameter. */
    static Fragment value(Object value) {
        return new Fragment("?", List.of(value));
    }

    /** Text of ours in which each {@code #} stands for the next part. */
    static Fragment of(String template, Fragment... parts) {
        StringBuilder text = new StringBuilder();
        List<Object> values = new ArrayList<>();
        int from = 0;
        for (Fragment part : parts) {
            int to = template.indexOf('#', from);
            text.append(template, from, to).append(part.text);
            values.addAll(part.values);
            from = to + 1;
        }
        return new Fragment(text.append(template, from, template.length()).toString(), values);
    }

    /** All parts with a text of ours between them. */
    static Fragment join(String between, List<Fragment> parts) {
        StringBuilder text = new StringBuilder();
        List<Object> values = new ArrayList<>();
        for (Fragment part : parts) {
            text.append(text.isEmpty() ? "" : between).append(part.text);
            values.addAll(part.values);
        }
        return new Fragment(text.toString(), values);
    }

    /** What is NULL becomes false: no condition is ever unknown. */
    Fragment orFalse() {
        return of("COALESCE(#, FALSE)", this);
    }
}
