package dev.sluice.classifier.drools;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers what the conditions of a rule set share, by equality, so that one observation looks each of them up once
 * however many conditions ask: kinds of event, filters, the events of a filter in a window, and what is measured of those.
 * Filled while a rule set is compiled, and only read afterwards.
 */
final class Numbering {
    /** The number of an event of which no rule knows type and name. */
    static final int UNKNOWN = -1;

    private final List<Map<String, Integer>> kinds = new ArrayList<>();
    private final Map<EventFilter, Selection> selections = new HashMap<>();
    private final Map<Object, Slice> slices = new HashMap<>();
    private final Map<Object, Integer> measures = new HashMap<>();
    private int kindCount;

    Numbering() {
        for (int i = 0; i < EventType.values().length; i++) {
            kinds.add(new HashMap<>());
        }
    }

    /** One test of a property. */
    record Where(String property, Asked asked) {
        boolean passes(Occurrence event, Now now) {
            return asked.of(event.details().fields().get(property), now);
        }
    }

    /**
     * Events that pass a filter.
     *
     * @param kind {@link #UNKNOWN} if the filter names none
     */
    record Selection(int number, EventType type, int kind, List<Where> where) {}

    /** A window, in epoch milliseconds: {@code length} back from now, or from {@code opens} to before {@code closes}. */
    record Span(boolean moves, long length, long opens, long closes) {}

    /** The events of a selection within a span. */
    record Slice(int number, EventFilter filter, Window window, Selection selection, Span span) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Slice slice && slice.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** The number of a type and name. */
    int kind(EventType type, String name) {
        return kinds.get(type.ordinal()).computeIfAbsent(name, any -> kindCount++);
    }

    /** The number of an event's type and name, {@link #UNKNOWN} if no rule names it. */
    int kindOf(EventType type, Optional<String> name) {
        if (name.isEmpty()) {
            return UNKNOWN;
        }
        @Nullable Integer kind = kinds.get(type.ordinal()).get(name.get());
        return kind == null ? UNKNOWN : kind;
    }

    Selection selection(EventFilter filter) {
        @Nullable Selection known = selections.get(filter);
        if (known == null) {
            int kind = filter.name().isPresent()
                    ? kind(filter.type(), filter.name().get())
                    : UNKNOWN;
            known = new Selection(selections.size(), filter.type(), kind, where(filter));
            selections.put(filter, known);
        }
        return known;
    }

    private static List<Where> where(EventFilter filter) {
        return filter.where().stream().map(Numbering::where).toList();
    }

    static Where where(EventFilter.PropertyTest test) {
        return new Where(test.property(), ValuePredicates.of(test.test()));
    }

    Slice slice(EventFilter filter, Window window) {
        record Key(EventFilter filter, Window window) {}
        return slices.computeIfAbsent(
                new Key(filter, window),
                any -> new Slice(slices.size(), filter, window, selection(filter), span(window)));
    }

    private static Span span(Window window) {
        return switch (window) {
            case Window.Last last -> new Span(true, last.length().toMillis(), 0, Long.MAX_VALUE);
            case Window.Between between ->
                new Span(
                        false,
                        0,
                        between.opens().toEpochMilli(),
                        between.closes().toEpochMilli());
            case Window.Ever() -> new Span(false, 0, Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    /** The number of something measured, by what it is: equal keys have the same. */
    int measure(Object key) {
        return measures.computeIfAbsent(key, any -> measures.size());
    }

    int kinds() {
        return kindCount;
    }

    int selections() {
        return selections.size();
    }

    int slices() {
        return slices.size();
    }

    int measures() {
        return measures.size();
    }
}
