package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One person's events of one classification, or a look at a person to whom nothing has happened.
 *
 * @param events that some rule needs, in the order of their lines; none if it is only looked
 * @param lines their indexes
 * @param folded what folding them was, once an attempt has put them into the person's state
 * @param look what else is to be done
 */
record Arrivals(
        PersonKey key,
        RunningRules.Running rules,
        List<Event> events,
        List<Integer> lines,
        Optional<Cause.Kind> folded,
        Look look) {
    private static final Comparator<Event> RECEIVED =
            Comparator.comparing(Event::receivedAt).thenComparing(Event::id);

    /** Of someone whose events are still to be gathered. */
    static Arrivals of(PersonKey key, RunningRules.Running rules) {
        return new Arrivals(key, rules, new ArrayList<>(), new ArrayList<>(), Optional.empty(), Look.AT_EVENTS);
    }

    /** Of someone who is only looked at. */
    static Arrivals looking(PersonKey key, RunningRules.Running rules, Look look) {
        return new Arrivals(key, rules, List.of(), List.of(), Optional.empty(), look);
    }

    /** The same after an attempt that put them into the person's state and then met someone else's write. */
    Arrivals foldedAs(Cause.Kind kind) {
        return new Arrivals(key, rules, events, lines, Optional.of(kind), look);
    }

    /** The event received last, if there is any. */
    Optional<Event> last() {
        return events.stream().max(RECEIVED);
    }

    /** Names the event received last as the cause, or, if it was only looked, the last of what is kept. */
    Cause cause(Cause.Kind kind, Recent recent) {
        return last().map(last -> new Cause(kind, last.id(), last.receivedAt(), last.traceparent()))
                .orElseGet(() -> {
                    Occurrence occasion = recent.events().getLast();
                    Instant at = look.asOf().orElse(occasion.receivedAt());
                    return new Cause(kind, occasion.id(), at, Optional.empty());
                });
    }
}
