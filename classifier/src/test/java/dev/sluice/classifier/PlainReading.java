package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Window;
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
import java.util.TreeSet;

/**
 * What a person's memberships are, read word by word from the definition and with no thought of cost: shares nothing with
 * the fold that it is held against but the meaning of a single condition.
 */
final class PlainReading {
    private final RuleSet rules;
    private final RuleEvaluator evaluator;
    private Map<String, Membership> memberships = new HashMap<>();
    private Value.Fields traits = Value.Fields.NONE;

    private PlainReading(RuleSet rules) {
        this.rules = rules;
        this.evaluator = new RuleEvaluator(rules);
    }

    /** The memberships in the end, of copies of one person's events in any order. */
    static Map<String, Membership> of(RuleSet rules, Collection<Event> copies) {
        var reading = new PlainReading(rules);
        var needs = new RuleNeeds(rules);
        List<Occurrence> history = new ArrayList<>();
        Deque<Occurrence> coming = new ArrayDeque<>(distinctInOrder(copies).stream()
                .filter(event -> needs.needs(event.type(), event.name()))
                .map(PlainReading::whole)
                .toList());
        for (Instant now : reading.moments(coming)) {
            boolean happens = false;
            while (!coming.isEmpty() && coming.peek().time().equals(now)) {
                history.add(coming.remove());
                reading.happens(history, now);
                happens = true;
            }
            if (!happens) {
                reading.happens(history, now);
            }
        }
        return reading.memberships;
    }

    /** The events' moments, and up to the last of them every one at which an event leaves a window of some rule. */
    private SortedSet<Instant> moments(Collection<Occurrence> events) {
        Set<Duration> windows = new HashSet<>();
        rules.resolved().values().forEach(condition -> windows(condition, windows));
        TreeSet<Instant> moments = new TreeSet<>();
        events.forEach(event -> moments.add(event.time()));
        if (moments.isEmpty()) {
            return moments;
        }
        Instant last = moments.last();
        for (Occurrence event : events) {
            windows.forEach(window -> moments.add(event.time().plus(window)));
        }
        return moments.headSet(last, true);
    }

    private static void windows(Condition condition, Set<Duration> windows) {
        if (condition instanceof History history && history.window() instanceof Window.Last(var length)) {
            windows.add(length);
        }
        condition.children().forEach(child -> windows(child, windows));
    }

    /** Of the copies of an id the one received first, and of those the earlier; by event time, then id. */
    private static List<Event> distinctInOrder(Collection<Event> copies) {
        List<Event> received = new ArrayList<>(copies);
        received.sort(Comparator.comparing(Event::receivedAt).thenComparing(Event::timestamp));
        Map<String, Event> first = new HashMap<>();
        received.forEach(event -> first.putIfAbsent(event.id(), event));
        List<Event> ordered = new ArrayList<>(first.values());
        ordered.sort(Comparator.comparing(Event::timestamp).thenComparing(Event::id));
        return ordered;
    }

    private static Occurrence whole(Event event) {
        Value.Fields details = event.type() == EventType.IDENTIFY ? event.traits() : event.properties();
        return new Occurrence(event.id(), event.type(), event.name(), event.timestamp(), event.receivedAt(), details);
    }

    private void happens(List<Occurrence> history, Instant moment) {
        Occurrence now = history.get(history.size() - 1);
        if (now.type() == EventType.IDENTIFY && now.time().equals(moment)) {
            identify(now.details());
        }
        Set<String> matching =
                evaluator.matching(new Observation(now, moment, traits, Value.Fields.NONE, history, Set.of()));
        Set<String> direct = new HashSet<>();
        for (Segment segment : rules.segments()) {
            if (isDirect(segment, matching)) {
                direct.add(segment.id());
            }
        }
        Map<String, Membership> after = new HashMap<>();
        for (Segment segment : rules.segments()) {
            if (direct.stream().anyMatch(id -> isOrIsBelow(id, segment.id()))) {
                Membership before = memberships.get(segment.id());
                boolean isDirect = direct.contains(segment.id());
                after.put(
                        segment.id(),
                        before == null
                                ? new Membership(moment, rules.number(), isDirect)
                                : new Membership(before.since(), before.ruleSet(), isDirect));
            }
        }
        memberships = after;
    }

    /** Sets traits; {@code null} removes one. */
    private void identify(Value.Fields set) {
        Map<String, Value> known = new HashMap<>(traits.fields());
        known.putAll(set.fields());
        known.values().removeIf(Value.Nothing.class::isInstance);
        traits = new Value.Fields(known);
    }

    private boolean isDirect(Segment segment, Set<String> matching) {
        boolean matches = matching.contains(segment.id());
        return switch (segment.kind()) {
            case Segment.Live() -> matches;
            case Segment.Append() -> matches || wasDirect(segment.id());
            case Segment.Overwrite(var group, var rank) -> {
                List<Segment> matchingOfGroup = ofGroup(group).stream()
                        .filter(other -> matching.contains(other.id()))
                        .toList();
                yield matchingOfGroup.isEmpty()
                        ? wasDirect(segment.id())
                                && ofGroup(group).stream()
                                        .noneMatch(other -> rank(other) > rank && wasDirect(other.id()))
                        : matches && matchingOfGroup.stream().allMatch(other -> rank(other) <= rank);
            }
        };
    }

    private boolean wasDirect(String id) {
        Membership before = memberships.get(id);
        return before != null && before.direct();
    }

    private List<Segment> ofGroup(String group) {
        return rules.segments().stream()
                .filter(segment ->
                        segment.kind() instanceof Segment.Overwrite(var other, int any) && other.equals(group))
                .toList();
    }

    private static int rank(Segment segment) {
        return segment.kind() instanceof Segment.Overwrite overwrite ? overwrite.rank() : 0;
    }

    private boolean isOrIsBelow(String id, String above) {
        Optional<String> at = Optional.of(id);
        while (at.isPresent() && !at.get().equals(above)) {
            String here = at.get();
            at = rules.segments().stream()
                    .filter(segment -> segment.id().equals(here))
                    .findFirst()
                    .flatMap(Segment::parent);
        }
        return at.isPresent();
    }
}
