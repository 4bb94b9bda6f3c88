package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on history whose answers change by themselves, found by the events that a person has: by type and name,
 * and, where a filter asks for one of some values of a property, by those values. A condition of whose filter no kept event
 * passes never turns, so it need not be asked. Filled while a rule set is read, then only read.
 */
final class TurningHistories {
    private final Map<EventType, OfKind> ofAnyName = new EnumMap<>(EventType.class);
    private final Map<EventType, Map<String, OfKind>> ofName = new EnumMap<>(EventType.class);

    /**
     * A condition by one of its filters.
     *
     * @param restless whether its answer depends on now by more than events that leave its window
     */
    record Watched(History condition, EventFilter filter, boolean restless) {
        Optional<Instant> next(List<Occurrence> events, Instant now) {
            var leaving = new Leaving(events, now);
            return restless ? leaving.anyChange(condition, filter) : leaving.next(condition);
        }
    }

    /** Conditions on events of one kind. */
    private static final class OfKind {
        private final Set<Watched> ofAny = new LinkedHashSet<>();
        private final Map<String, Map<Value, Set<Watched>>> ofValue = new LinkedHashMap<>();

        void add(Watched watched) {
            Optional<EventFilter.PropertyTest> where = watched.restless()
                    ? Optional.empty()
                    : watched.filter().where().stream()
                            .filter(TurningHistories::asksForValues)
                            .findFirst();
            if (where.isEmpty()) {
                ofAny.add(watched);
                return;
            }
            Map<Value, Set<Watched>> values =
                    ofValue.computeIfAbsent(where.get().property(), any -> new HashMap<>());
            for (Value value : ((ValueTest.OneOf) where.get().test()).values()) {
                values.computeIfAbsent(value, any -> new LinkedHashSet<>()).add(watched);
            }
        }

        Optional<Instant> next(List<Occurrence> events, Instant now) {
            Optional<Instant> next = next(ofAny, events, now, Optional.empty());
            for (Map.Entry<String, Map<Value, Set<Watched>>> property : ofValue.entrySet()) {
                Set<Value> met = new HashSet<>();
                for (Occurrence event : events) {
                    @Nullable Value value = event.details().fields().get(property.getKey());
                    if (value != null && met.add(value)) {
                        Set<Watched> touched = property.getValue().getOrDefault(value, Set.of());
                        next = next(touched, events, now, next);
                    }
                }
            }
            return next;
        }

        Optional<Instant> next(Occurrence newest, List<Occurrence> events, Instant now) {
            Optional<Instant> next = next(ofAny, events, now, Optional.empty());
            for (Map.Entry<String, Map<Value, Set<Watched>>> property : ofValue.entrySet()) {
                @Nullable Value value = newest.details().fields().get(property.getKey());
                if (value != null) {
                    next = next(property.getValue().getOrDefault(value, Set.of()), events, now, next);
                }
            }
            return next;
        }

        private static Optional<Instant> next(
                Collection<Watched> all, List<Occurrence> events, Instant now, Optional<Instant> otherwise) {
            Optional<Instant> next = otherwise;
            for (Watched watched : all) {
                next = Leaving.earlier(next, watched.next(events, now));
            }
            return next;
        }
    }

    private static boolean asksForValues(EventFilter.PropertyTest where) {
        return where.test() instanceof ValueTest.OneOf oneOf && !oneOf.ignoreCase();
    }

    void add(Watched watched) {
        EventFilter filter = watched.filter();
        OfKind kind = filter.name().isPresent()
                ? ofName.computeIfAbsent(filter.type(), any -> new HashMap<>())
                        .computeIfAbsent(filter.name().get(), any -> new OfKind())
                : ofAnyName.computeIfAbsent(filter.type(), any -> new OfKind());
        kind.add(watched);
    }

    boolean isEmpty() {
        return ofAnyName.isEmpty() && ofName.isEmpty();
    }

    /** The first moment after {@code now} at which one of them may turn. */
    Optional<Instant> next(List<Occurrence> history, Instant now) {
        Map<OfKind, List<Occurrence>> byKind = new IdentityHashMap<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            Occurrence event = history.get(i);
            add(event, ofAnyName.get(event.type()), byKind);
            if (event.name().isPresent()) {
                Map<String, OfKind> names = ofName.getOrDefault(event.type(), Map.of());
                add(event, names.get(event.name().get()), byKind);
            }
        }
        Optional<Instant> next = Optional.empty();
        for (Map.Entry<OfKind, List<Occurrence>> kind : byKind.entrySet()) {
            next = Leaving.earlier(next, kind.getKey().next(kind.getValue(), now));
        }
        return next;
    }

    /** The first moment after {@code now} at which one of those may turn that this event, the newest, is looked at by. */
    Optional<Instant> next(Occurrence newest, List<Occurrence> history, Instant now) {
        Optional<Instant> next = Optional.empty();
        OfKind anyName = ofAnyName.get(newest.type());
        if (anyName != null) {
            next = anyName.next(newest, newestFirst(history, newest.type(), Optional.empty()), now);
        }
        OfKind named = newest.name()
                .map(ofName.getOrDefault(newest.type(), Map.of())::get)
                .orElse(null);
        return named == null
                ? next
                : Leaving.earlier(next, named.next(newest, newestFirst(history, newest.type(), newest.name()), now));
    }

    private static List<Occurrence> newestFirst(List<Occurrence> history, EventType type, Optional<String> name) {
        List<Occurrence> found = new ArrayList<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            Occurrence event = history.get(i);
            if (event.type() == type && (name.isEmpty() || event.name().equals(name))) {
                found.add(event);
            }
        }
        return found;
    }

    private static void add(Occurrence event, @Nullable OfKind kind, Map<OfKind, List<Occurrence>> byKind) {
        if (kind != null) {
            byKind.computeIfAbsent(kind, any -> new ArrayList<>()).add(event);
        }
    }
}
