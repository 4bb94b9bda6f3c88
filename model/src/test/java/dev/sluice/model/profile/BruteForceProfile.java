package dev.sluice.model.profile;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The definition of a profile ({@code docs/PROFILE.md}) spelt out with no thought of speed or of what is kept: all events
 * at hand, sorted once, each step written down from the words, references to other segments followed as they are met. The
 * oracle of {@link FoldTest}.
 */
final class BruteForceProfile {
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    private BruteForceProfile() {}

    /** Segment to the moment since when the person is in it, at a moment. */
    static Map<String, Instant> of(RuleSet rules, List<Event> copies, Instant at) {
        return of(rules, copies, Set.of(), at);
    }

    /** The same right after the last event. */
    static Map<String, Instant> of(RuleSet rules, List<Event> copies) {
        return of(rules, copies, Set.of(), Instant.MIN);
    }

    /**
     * The same of a person whom an earlier rule set had put directly into some segments before the first event.
     *
     * @param until up to when; if before the last event, up to that
     */
    static Map<String, Instant> of(RuleSet rules, List<Event> copies, Set<String> directBefore, Instant until) {
        List<Occurrence> history = new ArrayList<>();
        Set<String> direct = directBefore;
        Map<String, Instant> in = new TreeMap<>();
        Value.Fields traits = Value.Fields.NONE;
        Deque<Occurrence> coming = new ArrayDeque<>(inOrder(rules, copies));
        for (Instant now : moments(rules, coming, until)) {
            boolean happens = false;
            while (!coming.isEmpty() && coming.peek().time().equals(now)) {
                Occurrence event = coming.remove();
                history.add(event);
                traits = told(traits, event);
                direct = step(rules, direct, now, traits, history);
                in = effective(rules, direct, in, now);
                happens = true;
            }
            if (!happens) {
                direct = step(rules, direct, now, traits, history);
                in = effective(rules, direct, in, now);
            }
        }
        return in;
    }

    /**
     * Every moment at which an answer might change, and many more: the events', and those at which one of the rules' spans
     * of time, all of them multiples of these, has gone by since an event, or just has where something is to follow another.
     */
    private static SortedSet<Instant> moments(RuleSet rules, Collection<Occurrence> events, Instant until) {
        SortedSet<Instant> moments = new TreeSet<>();
        Instant last = until;
        for (Occurrence event : events) {
            moments.add(event.time());
            last = last.isAfter(event.time()) ? last : event.time();
        }
        for (Occurrence event : events) {
            for (int minutes : Histories.spans(rules)) {
                Instant over = event.time().plus(Duration.ofMinutes(minutes));
                moments.add(over);
                if (Histories.hasSequences(rules)) {
                    moments.add(over.plusMillis(1));
                }
            }
        }
        return moments.headSet(last.plusMillis(1));
    }

    private static Value.Fields told(Value.Fields traits, Occurrence event) {
        Value.Fields all = traits;
        if (event.type() == EventType.IDENTIFY) {
            for (Map.Entry<String, Value> trait : event.details().fields().entrySet()) {
                all = all.with(trait.getKey(), trait.getValue());
            }
        }
        return all;
    }

    private static Set<String> step(
            RuleSet rules, Set<String> direct, Instant now, Value.Fields traits, List<Occurrence> history) {
        Occurrence last = history.get(history.size() - 1);
        var seen = new Observation(last, now, traits, Value.Fields.NONE, history, direct);
        return new Moment(rules, direct, seen).direct();
    }

    private static List<Occurrence> inOrder(RuleSet rules, List<Event> copies) {
        var needs = new RuleNeeds(rules);
        Map<String, Event> canonical = new HashMap<>();
        for (Event copy : copies) {
            canonical.merge(copy.id(), copy, (a, b) -> a.receivedAt().isAfter(b.receivedAt()) ? b : a);
        }
        return canonical.values().stream()
                .sorted(Comparator.comparing(Event::timestamp).thenComparing(Event::id))
                .flatMap(event -> needs.keep(event).stream())
                .toList();
    }

    /** One event's step: who was directly in what before it, and what is seen at it. */
    private record Moment(RuleSet rules, Set<String> before, Observation seen) {

        Set<String> direct() {
            Set<String> after = new HashSet<>();
            for (Segment segment : rules.segments()) {
                if (isDirectlyIn(segment)) {
                    after.add(segment.id());
                }
            }
            return after;
        }

        private boolean isDirectlyIn(Segment segment) {
            boolean was = before.contains(segment.id());
            if (segment.kind() instanceof Segment.Live) {
                return matches(segment);
            }
            if (segment.kind() instanceof Segment.Append) {
                return matches(segment) || was;
            }
            Optional<Segment> best = rules.segments().stream()
                    .filter(other -> group(other).equals(group(segment)))
                    .filter(this::matches)
                    .max(Comparator.comparingInt(BruteForceProfile::rank));
            return best.isPresent() ? best.get().equals(segment) : was && !wasInHigher(segment);
        }

        private boolean wasInHigher(Segment segment) {
            return rules.segments().stream()
                    .filter(other -> group(other).equals(group(segment)))
                    .anyMatch(other -> rank(other) > rank(segment) && before.contains(other.id()));
        }

        private boolean isIn(String id) {
            return rules.segments().stream()
                    .anyMatch(segment -> segment.id().equals(id) && isDirectlyIn(segment)
                            || segment.parent().equals(Optional.of(id)) && isIn(segment.id()));
        }

        private boolean matches(Segment segment) {
            return isTrue(segment.when());
        }

        private boolean isTrue(Condition condition) {
            if (condition instanceof Condition.InSegment reference) {
                return isIn(reference.segment());
            }
            if (condition instanceof Condition.AllOf all) {
                return all.conditions().stream().allMatch(this::isTrue);
            }
            if (condition instanceof Condition.AnyOf any) {
                return any.conditions().stream().anyMatch(this::isTrue);
            }
            return condition instanceof Condition.Not not
                    ? !isTrue(not.condition())
                    : RuleEvaluator.isTrue(condition, seen, FUNCTIONS);
        }
    }

    private static Optional<String> group(Segment segment) {
        return segment.kind() instanceof Segment.Overwrite of ? Optional.of(of.group()) : Optional.empty();
    }

    private static int rank(Segment segment) {
        return ((Segment.Overwrite) segment.kind()).rank();
    }

    private static Map<String, Instant> effective(
            RuleSet rules, Set<String> direct, Map<String, Instant> before, Instant now) {
        Map<String, Instant> after = new TreeMap<>();
        for (String id : direct) {
            Optional<String> at = Optional.of(id);
            while (at.isPresent()) {
                after.put(at.get(), before.getOrDefault(at.get(), now));
                at = parent(rules, at.get());
            }
        }
        return after;
    }

    private static Optional<String> parent(RuleSet rules, String id) {
        return rules.segments().stream()
                .filter(segment -> segment.id().equals(id))
                .findFirst()
                .flatMap(Segment::parent);
    }
}
