package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One person's events of one classification, or a look at a person to whom nothing has happened.
 *
 * @param events of the person and of names that go by the person, in the order of their lines; none if it is only looked
 * @param lines indexes of those that came under the person's key
 * @param claims what the events say of who is who, as far as it is not settled
 * @param names that are to be seen to go by this person: what they have kept is taken over; each with whom it goes by
 *     directly
 * @param folded what folding them was, once an attempt has put them into the person's state
 * @param look what else is to be done
 */
record Arrivals(
        PersonKey key,
        RunningRules.Running rules,
        List<Event> events,
        List<Integer> lines,
        List<Claim> claims,
        Map<PersonKey, PersonKey> names,
        Optional<Cause.Kind> folded,
        Look look) {
    private static final Comparator<Event> RECEIVED =
            Comparator.comparing(Event::receivedAt).thenComparing(Event::id);

    /** Stands for an event's id where a person has none left. */
    private static final String NOTHING_LEFT = "none";

    /** Of someone whose events are still to be gathered. */
    static Arrivals of(PersonKey key, RunningRules.Running rules) {
        return new Arrivals(
                key,
                rules,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                Map.of(),
                Optional.empty(),
                Look.AT_EVENTS);
    }

    /** Of someone who is only looked at. */
    static Arrivals looking(PersonKey key, RunningRules.Running rules, Look look) {
        return new Arrivals(key, rules, List.of(), List.of(), List.of(), Map.of(), Optional.empty(), look);
    }

    /** The same after an attempt that put them into the person's state and then met someone else's write. */
    Arrivals foldedAs(Cause.Kind kind) {
        return new Arrivals(key, rules, events, lines, claims, names, Optional.of(kind), look);
    }

    /** The same of a person who turned out to be somebody else's name. */
    Arrivals goingTo(PersonKey person) {
        return new Arrivals(person, rules, events, lines, claims, names, Optional.empty(), look);
    }

    /** The same with names that are to be seen to go by this person. */
    Arrivals withNames(Map<PersonKey, PersonKey> more) {
        Map<PersonKey, PersonKey> all = new TreeMap<>(names);
        all.putAll(more);
        return new Arrivals(key, rules, events, lines, claims, all, folded, look);
    }

    /** These and others of the same person. */
    Arrivals and(Arrivals others) {
        Set<Event> all = new LinkedHashSet<>(events);
        all.addAll(others.events);
        Look both = look.asOf().isPresent() ? look : others.look;
        return new Arrivals(key, rules, List.copyOf(all), lines, claims, names, Optional.empty(), both)
                .withNames(others.names);
    }

    /** The event received last, if there is any. */
    Optional<Event> last() {
        return events.stream().max(RECEIVED);
    }

    /** Names the event received last as the cause, or, if it was only looked, the last of what is kept. */
    Cause cause(Cause.Kind kind, Recent recent) {
        return last().map(last -> new Cause(kind, last.id(), last.receivedAt(), last.traceparent()))
                .orElseGet(() -> {
                    Optional<Occurrence> occasion = recent.events().isEmpty()
                            ? Optional.empty()
                            : Optional.of(recent.events().getLast());
                    Instant at = look.asOf()
                            .or(() -> occasion.map(Occurrence::receivedAt))
                            .orElse(Instant.EPOCH);
                    return new Cause(kind, occasion.map(Occurrence::id).orElse(NOTHING_LEFT), at, Optional.empty());
                });
    }
}
