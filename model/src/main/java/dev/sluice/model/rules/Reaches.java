package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far back all conditions of a rule set look together. Of the windows that look at one kind of event only the widest
 * matter, so what this costs grows with the events and not with the rules. Filled while a rule set is read, then only read.
 */
final class Reaches {
    /** Longer than any window. */
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Map<EventType, OfKind> ofAnyName = new EnumMap<>(EventType.class);
    private final Map<EventType, Map<String, OfKind>> ofName = new EnumMap<>(EventType.class);

    /** What is reached of the events of one kind. */
    private static final class OfKind {
        /** Within it every event is needed. */
        private Duration all = Duration.ZERO;

        /** Within it only the newest are, as many as can be told apart. */
        private Duration newest = Duration.ZERO;

        /** Days that do not move: from when until before when, no two of them touching. */
        private final TreeMap<Instant, Instant> between = new TreeMap<>();

        void add(Reach reach) {
            if (reach.window() instanceof Window.Between days) {
                addDays(days.opens(), days.closes());
                return;
            }
            Duration length = reach.window() instanceof Window.Last last ? last.length() : FOR_EVER;
            if (reach.most() == Integer.MAX_VALUE) {
                all = longer(all, length);
            } else {
                newest = longer(newest, length);
            }
        }

        private void addDays(Instant opens, Instant closes) {
            Instant from = opens;
            Instant to = closes;
            Map.@Nullable Entry<Instant, Instant> other = between.floorEntry(to);
            while (other != null && !other.getValue().isBefore(from)) {
                from = other.getKey().isBefore(from) ? other.getKey() : from;
                to = other.getValue().isAfter(to) ? other.getValue() : to;
                between.remove(other.getKey());
                other = between.floorEntry(to);
            }
            between.put(from, to);
        }

        boolean isWithinDays(Instant time) {
            Map.@Nullable Entry<Instant, Instant> days = between.floorEntry(time);
            return days != null && time.isBefore(days.getValue());
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    void addAll(Collection<Reach> reaches) {
        reaches.forEach(this::add);
    }

    private void add(Reach reach) {
        OfKind kind = reach.name().isPresent()
                ? ofName.computeIfAbsent(reach.type(), any -> new HashMap<>())
                        .computeIfAbsent(reach.name().get(), any -> new OfKind())
                : ofAnyName.computeIfAbsent(reach.type(), any -> new OfKind());
        kind.add(reach);
    }

    /**
     * Marks those of a person's settled events that are needed from now on.
     *
     * @param settled in their order
     * @param from nothing before it is evaluated any more
     */
    void mark(List<Occurrence> settled, Instant from, boolean[] needed) {
        Map<OfKind, Marking> begun = new HashMap<>();
        for (int i = settled.size() - 1; i >= 0; i--) {
            Occurrence event = settled.get(i);
            boolean byType = isNeeded(ofAnyName.get(event.type()), event.time(), from, begun);
            boolean byName = isNeeded(named(event.type(), event.name()), event.time(), from, begun);
            needed[i] |= byType || byName;
        }
    }

    private @Nullable OfKind named(EventType type, Optional<String> name) {
        Map<String, OfKind> names = ofName.get(type);
        return names == null || name.isEmpty() ? null : names.get(name.get());
    }

    private static boolean isNeeded(@Nullable OfKind kind, Instant time, Instant from, Map<OfKind, Marking> begun) {
        return kind != null
                && begun.computeIfAbsent(kind, any -> new Marking(kind, from)).isNeeded(time);
    }

    /** One walk through events of a kind, from the newest on. */
    private static final class Marking {
        private final OfKind kind;
        private final Instant all;
        private final Instant newest;
        private int found;

        Marking(OfKind kind, Instant from) {
            this.kind = kind;
            this.all = before(from, kind.all);
            this.newest = before(from, kind.newest);
        }

        /** What is not after it, the window has left behind for good. */
        private static Instant before(Instant from, Duration length) {
            if (length.isZero()) {
                return Instant.MAX;
            }
            return length.equals(FOR_EVER) ? Instant.MIN : from.minus(length);
        }

        boolean isNeeded(Instant time) {
            boolean isOfNewest = found <= RuleLimits.MAX_COUNT && time.isAfter(newest);
            if (isOfNewest) {
                found++;
            }
            return isOfNewest || time.isAfter(all) || kind.isWithinDays(time);
        }
    }
}
