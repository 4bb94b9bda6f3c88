package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One person's events of one classification.
 *
 * @param events that some rule needs, in the order of their lines; not empty
 * @param lines their indexes
 * @param folded what folding them was, once an attempt has put them into the person's state
 */
record Arrivals(
        PersonKey key,
        RunningRules.Running rules,
        List<Event> events,
        List<Integer> lines,
        Optional<Cause.Kind> folded) {
    private static final Comparator<Event> RECEIVED =
            Comparator.comparing(Event::receivedAt).thenComparing(Event::id);

    /** The same after an attempt that put them into the person's state and then met someone else's write. */
    Arrivals foldedAs(Cause.Kind kind) {
        return new Arrivals(key, rules, events, lines, Optional.of(kind));
    }

    /** Names the event received last as the cause. */
    Cause cause(Cause.Kind kind) {
        Event last = events.stream().max(RECEIVED).orElseThrow();
        return new Cause(kind, last.id(), last.receivedAt(), last.traceparent());
    }
}
