package dev.sluice.classifier.drools;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guards of the rules whose answers a message can change, found by the message's type, name and properties. Filled while
 * a rule set is compiled, then only read.
 *
 * <p><b>Why no other answer changes.</b> What happens between two steps is said at {@link
 * dev.sluice.model.rules.Matcher#after}. Of the leaves of a condition
 *
 * <ul>
 *   <li>one on history depends on the events that pass one of its filters, and on time, which is ruled out: only a message
 *       that passes one changes it;
 *   <li>one on the current event was true only if the event before passed its filter, and is true only if the message does;
 *   <li>one that asks who held the person before, or calls a function, is taken to change always;
 *   <li>one on traits, consents, statistics or a place depends on nothing that changes.
 * </ul>
 *
 * A condition none of whose leaves changes does not change. That a message passes a filter is taken for granted if it is of
 * the filter's type and name, and its property is among the values of the filter's first test for some.
 */
final class Affected {
    private final Numbering numbering;
    private final Some always = new Some();
    private final ByEvent histories = new ByEvent();
    private final ByEvent currents = new ByEvent();

    Affected(Numbering numbering) {
        this.numbering = numbering;
    }

    /** Numbers of guards, each once. */
    private static final class Some {
        private final Set<Integer> known = new HashSet<>();
        private int[] numbers = {};

        void add(int[] more) {
            int[] fresh = Arrays.stream(more).filter(known::add).toArray();
            int size = numbers.length;
            numbers = Arrays.copyOf(numbers, size + fresh.length);
            System.arraycopy(fresh, 0, numbers, size, fresh.length);
        }
    }

    /** Guards by the values of one property. */
    private record Column(String property, Map<Value, Some> byValue) {}

    /** Guards of one kind of event. */
    private static final class OfKind {
        private final Some ofAny = new Some();
        private final List<Column> columns = new ArrayList<>();

        void add(EventFilter filter, int[] guards) {
            Optional<EventFilter.PropertyTest> where =
                    filter.where().stream().filter(OfKind::asksForValues).findFirst();
            if (where.isEmpty()) {
                ofAny.add(guards);
                return;
            }
            Column column = column(where.get().property());
            for (Value value : ((ValueTest.OneOf) where.get().test()).values()) {
                column.byValue().computeIfAbsent(value, any -> new Some()).add(guards);
            }
        }

        private static boolean asksForValues(EventFilter.PropertyTest where) {
            return where.test() instanceof ValueTest.OneOf oneOf && !oneOf.ignoreCase();
        }

        private Column column(String property) {
            for (Column known : columns) {
                if (known.property().equals(property)) {
                    return known;
                }
            }
            var added = new Column(property, new HashMap<>());
            columns.add(added);
            return added;
        }

        void find(Occurrence event, Touched found) {
            found.add(ofAny.numbers);
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                @Nullable Value value = event.details().fields().get(column.property());
                @Nullable Some some = value == null ? null : column.byValue().get(value);
                if (some != null) {
                    found.add(some.numbers);
                }
            }
        }
    }

    /** Guards by the filters that an event may pass. */
    private static final class ByEvent {
        private final @Nullable OfKind[] ofType = new OfKind[EventType.values().length];
        private final Map<Integer, OfKind> named = new HashMap<>();

        void add(EventFilter filter, int kind, int[] guards) {
            int type = filter.type().ordinal();
            if (kind != Numbering.UNKNOWN) {
                named.computeIfAbsent(kind, any -> new OfKind()).add(filter, guards);
                return;
            }
            OfKind ofAnyName = ofType[type];
            if (ofAnyName == null) {
                ofAnyName = new OfKind();
                ofType[type] = ofAnyName;
            }
            ofAnyName.add(filter, guards);
        }

        void find(Occurrence event, int kind, Touched found) {
            OfKind ofAnyName = ofType[event.type().ordinal()];
            if (ofAnyName != null) {
                ofAnyName.find(event, found);
            }
            @Nullable OfKind ofName = named.get(kind);
            if (ofName != null) {
                ofName.find(event, found);
            }
        }
    }

    /** @param guards to be asked if the condition's answer may have changed */
    void add(Condition condition, int[] guards) {
        switch (condition) {
            case Condition.CurrentEvent event -> currents.add(event.filter(), kind(event.filter()), guards);
            case History history -> history.filters().forEach(filter -> histories.add(filter, kind(filter), guards));
            case Condition.WasIn any -> always.add(guards);
            case Condition.Call any -> always.add(guards);
            case Condition.InSegment any -> always.add(guards);
            case Condition.Trait any -> {}
            case Condition.Statistic any -> {}
            case Condition.Consent any -> {}
            case Condition.Near any -> {}
            case Condition.AllOf all -> all.conditions().forEach(part -> add(part, guards));
            case Condition.AnyOf some -> some.conditions().forEach(part -> add(part, guards));
            case Condition.Not not -> add(not.condition(), guards);
        }
    }

    private int kind(EventFilter filter) {
        return filter.name().map(name -> numbering.kind(filter.type(), name)).orElse(Numbering.UNKNOWN);
    }

    /**
     * Collects the guards, each once.
     *
     * @param before the event that was the current one before the message
     */
    void find(Occurrence message, Occurrence before, Touched found) {
        found.add(always.numbers);
        int kind = numbering.kindOf(message.type(), message.name());
        histories.find(message, kind, found);
        currents.find(message, kind, found);
        currents.find(before, numbering.kindOf(before.type(), before.name()), found);
    }
}
