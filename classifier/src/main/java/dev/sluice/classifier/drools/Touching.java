package dev.sluice.classifier.drools;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The guards of a rule set, numbered, and an index by which an observation finds those that it touches without asking
 * the others. Filled while a rule set is compiled, then only read.
 */
final class Touching {
    private static final int[] NONE = {};

    private final Map<Guard, Integer> numbers = new HashMap<>();
    private final List<Guard> guards = new ArrayList<>();
    /** The numbers of those that ask something of kept events. */
    private final BitSet asksKept = new BitSet();

    private int[] always = NONE;
    private final int[][] byType = new int[EventType.values().length][];
    private final Map<Integer, ByKind> current = new HashMap<>();
    private final Map<Integer, Kept> kept = new LinkedHashMap<>();
    private int keptValues;
    private final Map<Numbering.Slice, Ladder> ladders = new LinkedHashMap<>();
    private final List<Column> traits = new ArrayList<>();
    private final List<Column> statistics = new ArrayList<>();
    private final Map<String, int[]> before = new HashMap<>();

    Touching() {
        Arrays.fill(byType, NONE);
    }

    /** Guards by the values of one property, trait or statistic. */
    private record Column(String name, Map<Value, int[]> byValue) {}

    /** Guards by how many events are in a slice. */
    private record Ladder(Numbering.Slice slice, TreeMap<Integer, int[]> byCount) {}

    /** Guards of a value by how many events have it: the second of {@code byTimes} are those of two. */
    private static final class Steps {
        private final int number;
        private int[][] byTimes = {NONE};

        Steps(int number) {
            this.number = number;
        }

        void add(int times, int guard) {
            while (byTimes.length <= times) {
                byTimes = Arrays.copyOf(byTimes, byTimes.length + 1);
                byTimes[byTimes.length - 1] = NONE;
            }
            byTimes[times] = with(byTimes[times], guard);
        }
    }

    /** Guards by the values that a property of one kind of kept event has. */
    private record KeptColumn(String name, Map<Value, Steps> byValue) {}

    /** Guards of one kind of kept event. */
    private static final class Kept {
        private int[] itself = NONE;
        private final List<KeptColumn> properties = new ArrayList<>();

        KeptColumn column(String property) {
            for (KeptColumn known : properties) {
                if (known.name().equals(property)) {
                    return known;
                }
            }
            var added = new KeptColumn(property, new HashMap<>());
            properties.add(added);
            return added;
        }
    }

    /** Guards of the current event's kind: by itself, and by its properties. */
    private static final class ByKind {
        private int[] itself = NONE;
        private final List<Column> properties = new ArrayList<>();
    }

    /** The number of a guard; equal guards have the same. */
    int number(Guard guard) {
        @Nullable Integer known = numbers.get(guard);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        numbers.put(guard, number);
        guards.add(guard);
        asksKept.set(number, asksKept(guard));
        index(guard, number);
        return number;
    }

    /** How many guards there are. */
    int count() {
        return numbers.size();
    }

    private void index(Guard guard, int number) {
        switch (guard) {
            case Guard.Always() -> always = with(always, number);
            case Guard.OfType(var type) -> byType[type.ordinal()] = with(byType[type.ordinal()], number);
            case Guard.OfKind(var kind) -> {
                ByKind of = current.computeIfAbsent(kind, any -> new ByKind());
                of.itself = with(of.itself, number);
            }
            case Guard.Did(var kind) -> {
                Kept of = kept.computeIfAbsent(kind, any -> new Kept());
                of.itself = with(of.itself, number);
            }
            case Guard.DidTimes(var slice, var count) ->
                ladders.computeIfAbsent(slice, any -> new Ladder(slice, new TreeMap<>()))
                        .byCount()
                        .merge(count, new int[] {number}, (some, more) -> with(some, number));
            case Guard.HasProperty(var kind, var property, var oneOf) ->
                add(current.computeIfAbsent(kind, any -> new ByKind()).properties, property, oneOf, number);
            case Guard.DidWith(var kind, var property, var oneOf, var times) -> {
                Kept of = kept.computeIfAbsent(kind, any -> new Kept());
                KeptColumn column = of.column(property);
                for (Value value : oneOf) {
                    column.byValue()
                            .computeIfAbsent(value, any -> new Steps(keptValues++))
                            .add(times, number);
                }
            }
            case Guard.HasTrait(var name, var oneOf) -> add(traits, name, oneOf, number);
            case Guard.HasStatistic(var name, var oneOf) -> add(statistics, name, oneOf, number);
            case Guard.WasIn(var segment) ->
                before.merge(segment, new int[] {number}, (some, more) -> with(some, number));
            case Guard.Any(var guards) -> guards.forEach(one -> index(one, number));
        }
    }

    private static void add(List<Column> columns, String name, Set<Value> values, int number) {
        Column column = columns.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    var added = new Column(name, new HashMap<>());
                    columns.add(added);
                    return added;
                });
        for (Value value : values) {
            column.byValue().merge(value, new int[] {number}, (some, more) -> with(some, number));
        }
    }

    private static int[] with(int[] numbers, int number) {
        int[] more = Arrays.copyOf(numbers, numbers.length + 1);
        more[numbers.length] = number;
        return more;
    }

    /** How many values of kept events are told apart. */
    int keptValues() {
        return keptValues;
    }

    /**
     * Whether the kept events touch the guard of this number; of a guard that asks nothing of them, no. Of some guards this
     * costs less than {@link #find}, which looks at every kept event.
     */
    boolean isTouchedByKept(int number, Events events) {
        return asksKept.get(number) && isTouchedByKept(guards.get(number), events);
    }

    private static boolean asksKept(Guard guard) {
        return guard instanceof Guard.Did
                || guard instanceof Guard.DidTimes
                || guard instanceof Guard.DidWith
                || (guard instanceof Guard.Any any && any.guards().stream().anyMatch(Touching::asksKept));
    }

    private static boolean isTouchedByKept(Guard guard, Events events) {
        return switch (guard) {
            case Guard.Did(var kind) -> events.newest(kind) != Events.NONE;
            case Guard.DidTimes(var slice, var count) -> events.count(slice) >= count;
            case Guard.DidWith(var kind, var property, var oneOf, var times) ->
                events.has(kind, property, oneOf, times);
            case Guard.Any(var some) -> {
                boolean any = false;
                for (int i = 0; i < some.size() && !any; i++) {
                    any = isTouchedByKept(some.get(i), events);
                }
                yield any;
            }
            case Guard.Always any -> false;
            case Guard.OfType any -> false;
            case Guard.OfKind any -> false;
            case Guard.HasProperty any -> false;
            case Guard.HasTrait any -> false;
            case Guard.HasStatistic any -> false;
            case Guard.WasIn any -> false;
        };
    }

    /** Collects the guards that an observation touches, each once. */
    void find(Observation observation, Seen seen, Touched touched) {
        findNow(observation, seen, touched);
        if (!kept.isEmpty()) {
            findKept(seen.events(), touched);
        }
        for (Ladder ladder : ladders.values()) {
            int count = seen.events().count(ladder.slice());
            if (count > 0) {
                for (int[] numbers : ladder.byCount().headMap(count, true).values()) {
                    touched.add(numbers);
                }
            }
        }
    }

    /** Collects those that an observation touches by anything but its kept events, each once. */
    void findNow(Observation observation, Seen seen, Touched touched) {
        touched.add(always);
        touched.add(byType[seen.type()]);
        for (Column column : traits) {
            find(column, observation.traits(), touched);
        }
        for (Column column : statistics) {
            find(column, observation.statistics(), touched);
        }
        @Nullable ByKind here = current.get(seen.kind());
        if (here != null) {
            touched.add(here.itself);
            find(here.properties, observation.current().details(), touched);
        }
        if (!before.isEmpty()) {
            for (String segment : observation.before()) {
                touched.add(before.getOrDefault(segment, NONE));
            }
        }
    }

    private void findKept(Events events, Touched touched) {
        for (Map.Entry<Integer, Kept> kind : kept.entrySet()) {
            int place = events.newest(kind.getKey());
            if (place == Events.NONE) {
                continue;
            }
            touched.add(kind.getValue().itself);
            List<KeptColumn> properties = kind.getValue().properties;
            while (place != Events.NONE && !properties.isEmpty()) {
                Map<String, Value> details = events.at(place).details().fields();
                for (int i = 0; i < properties.size(); i++) {
                    KeptColumn column = properties.get(i);
                    @Nullable Value value = details.get(column.name());
                    @Nullable
                    Steps steps = value == null ? null : column.byValue().get(value);
                    if (steps != null) {
                        int times = touched.timesMet(steps.number);
                        if (times < steps.byTimes.length) {
                            touched.add(steps.byTimes[times]);
                        }
                    }
                }
                place = events.before(place);
            }
        }
    }

    private static void find(List<Column> columns, Value.Fields fields, Touched touched) {
        for (int i = 0; i < columns.size(); i++) {
            find(columns.get(i), fields, touched);
        }
    }

    private static void find(Column column, Value.Fields fields, Touched touched) {
        @Nullable Value value = fields.fields().get(column.name());
        if (value != null) {
            int @Nullable [] numbers = column.byValue().get(value);
            if (numbers != null) {
                touched.add(numbers);
            }
        }
    }
}
