package dev.sluice.activators.messages;

import dev.sluice.model.Value;
import dev.sluice.model.profile.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What templates may show of a person: a trait by its name, a property of the event that brought the person into the segment
 * by {@value #EVENT} and its name. Texts, numbers, flags, and lists of texts and numbers; an empty text is no value, and
 * what is too long to keep with the rest is none either.
 * Stateless.
 */
final class Values {
    static final String EVENT = "event.";
    private static final int MOST_ELEMENTS = 20;
    private static final int MOST_CHARACTERS = 1_000;
    /** Of all values together: they are kept in the ledger, whose recipients may have 16,384 characters. */
    private static final int MOST_TOGETHER = 4_000;

    private Values() {}

    /** Those of the named values that are shared. */
    static Map<String, Value> of(Set<String> names, Shared shared) {
        Map<String, Value> found = new TreeMap<>();
        int left = MOST_TOGETHER;
        for (String name : new TreeSet<>(names)) {
            Optional<Value> value = name.startsWith(EVENT)
                    ? shared.event().flatMap(event -> event.properties().find(name.substring(EVENT.length())))
                    : shared.traits().find(name);
            Optional<Value> kept = value.flatMap(Values::bounded);
            int length = kept.map(Values::length).orElse(0);
            if (kept.isPresent() && length <= left) {
                found.put(name, kept.get());
                left -= length;
            }
        }
        return found;
    }

    /** As a template takes it: a text, a flag or a list of texts. */
    static Optional<Object> plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Decimal decimal -> Optional.of(decimal.number().toPlainString());
            case Value.Flag(boolean flag) -> Optional.of(flag);
            case Value.Many(List<Value> values) ->
                Optional.of(
                        values.stream().flatMap(each -> plain(each).stream()).toList());
            case Value.Fields fields -> Optional.empty();
            case Value.Nothing nothing -> Optional.empty();
        };
    }

    private static int length(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text.length();
            case Value.Many(List<Value> values) ->
                values.stream().mapToInt(Values::length).sum();
            case Value.Decimal decimal -> Byte.MAX_VALUE;
            case Value.Flag flag -> 1;
            case Value.Fields fields -> 0;
            case Value.Nothing nothing -> 0;
        };
    }

    private static Optional<Value> bounded(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text.isBlank() ? Optional.empty() : Optional.of(Value.of(cut(text)));
            case Value.Decimal decimal -> Optional.of(decimal);
            case Value.Flag flag -> Optional.of(flag);
            case Value.Many(List<Value> values) -> {
                List<Value> kept = new ArrayList<>();
                for (Value element : values) {
                    boolean simple = element instanceof Value.Text || element instanceof Value.Decimal;
                    if (simple && kept.size() < MOST_ELEMENTS) {
                        bounded(element).ifPresent(kept::add);
                    }
                }
                yield kept.isEmpty() ? Optional.empty() : Optional.of(new Value.Many(kept));
            }
            case Value.Fields fields -> Optional.empty();
            case Value.Nothing nothing -> Optional.empty();
        };
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, halves ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
