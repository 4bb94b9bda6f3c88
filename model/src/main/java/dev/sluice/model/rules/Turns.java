package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the answers of a rule set may next change though nothing happens: because an event leaves a window, a date comes
 * nearer or passes, or something that was to follow has not. Immutable, may be shared by threads.
 *
 * <p><b>Never late.</b> Every condition whose answer depends on the moment of evaluation is asked for the next moment at
 * which its answer may differ; the first of these is the answer. It may be early: then the answers are the same as
 * before, and one asks again. A count, a number of different values or days and a sum of what is not negative are told
 * exactly; {@code TurnsTest} holds the rest to never being late.
 *
 * <p>Only conditions on what the person has are looked at, by the kinds of the kept events and the names of traits and
 * statistics: the cost grows with the person, not with the rules. After a message that came in its turn only those that
 * it touches are.
 */
public final class Turns {
    private final Map<String, Set<TimeTest>> traits = new HashMap<>();
    private final Map<String, Set<TimeTest>> statistics = new HashMap<>();
    private final Set<Condition.Call> calls = new LinkedHashSet<>();
    private final Map<Kind, Set<EventFilter>> current = new HashMap<>();
    private final TurningHistories histories = new TurningHistories();
    private final RuleFunctions functions;

    public Turns(RuleSet rules) {
        this(rules, RuleFunctions.installed());
    }

    public Turns(RuleSet rules, RuleFunctions functions) {
        this.functions = functions;
        rules.resolved().values().forEach(this::collect);
    }

    /** Events that a filter covers: of one type, and of one name unless it is empty. */
    private record Kind(EventType type, Optional<String> name) {
        static Kind of(EventFilter filter) {
            return new Kind(filter.type(), filter.name());
        }
    }

    /** The first moment after the observation's at which some answer may differ; empty if none ever does. */
    public Optional<Instant> next(Observation seen) {
        Optional<Instant> next = byValues(traits, seen.traits(), seen.at());
        next = Leaving.earlier(next, byValues(statistics, seen.statistics(), seen.at()));
        next = Leaving.earlier(next, byCurrent(seen));
        for (Condition.Call call : calls) {
            next = Leaving.earlier(next, byCall(call, seen));
        }
        return histories.isEmpty() ? next : Leaving.earlier(next, histories.next(seen.history(), seen.at()));
    }

    /**
     * The same after a message of which everything but the history and the current event is as before it, when a bound is
     * known from before it: only conditions that the message touches are looked at. As early as the bound is early.
     *
     * @param before a moment after the observation's up to which no answer would have changed without the message
     */
    public Instant next(Observation seen, Instant before) {
        Optional<Instant> next = Leaving.earlier(Optional.of(before), byCurrent(seen));
        for (Condition.Call call : calls) {
            next = Leaving.earlier(next, byCall(call, seen));
        }
        return Leaving.earlier(next, histories.next(seen.current(), seen.history(), seen.at()))
                .orElseThrow();
    }

    private static Optional<Instant> byValues(Map<String, Set<TimeTest>> tests, Value.Fields values, Instant now) {
        Optional<Instant> next = Optional.empty();
        if (!tests.isEmpty()) {
            for (Map.Entry<String, Value> field : values.fields().entrySet()) {
                if (field.getValue() instanceof Value.Text text) {
                    for (TimeTest test : tests.getOrDefault(field.getKey(), Set.of())) {
                        next = Leaving.earlier(next, TimeTurn.of(test, text.text(), now));
                    }
                }
            }
        }
        return next;
    }

    private Optional<Instant> byCurrent(Observation seen) {
        Optional<Instant> next = Optional.empty();
        if (current.isEmpty()) {
            return next;
        }
        Occurrence event = seen.current();
        for (Kind kind : kinds(event)) {
            for (EventFilter filter : current.getOrDefault(kind, Set.of())) {
                for (EventFilter.PropertyTest where : filter.where()) {
                    next = Leaving.earlier(next, Leaving.turn(where, event, seen.at()));
                }
            }
        }
        return next;
    }

    private Optional<Instant> byCall(Condition.Call call, Observation seen) {
        return RuleEvaluator.value(call, seen, functions)
                .flatMap(value -> value instanceof Value.Text text && call.test() instanceof TimeTest test
                        ? TimeTurn.of(test, text.text(), seen.at())
                        : Optional.empty());
    }

    private static List<Kind> kinds(Occurrence event) {
        var any = new Kind(event.type(), Optional.empty());
        return event.name().isEmpty() ? List.of(any) : List.of(any, new Kind(event.type(), event.name()));
    }

    private void collect(Condition condition) {
        if (condition instanceof Condition.Trait trait) {
            add(traits, trait.name(), trait.test());
        } else if (condition instanceof Condition.Statistic statistic) {
            add(statistics, statistic.name(), statistic.test());
        } else if (condition instanceof Condition.Call call && TimeTest.dependsOnNow(call.test())) {
            calls.add(call);
        } else if (condition instanceof Condition.CurrentEvent event && isRestless(List.of(event.filter()))) {
            current.computeIfAbsent(Kind.of(event.filter()), any -> new LinkedHashSet<>())
                    .add(event.filter());
        } else if (condition instanceof History history) {
            collect(history);
        }
        condition.children().forEach(this::collect);
    }

    private void collect(History history) {
        boolean restless = isRestless(history.filters());
        boolean turns = restless
                || history.window() instanceof Window.Last
                || (history instanceof History.Moment moment && TimeTest.dependsOnNow(moment.test()))
                || (history instanceof History.Sequence sequence && !sequence.followed());
        if (turns) {
            Collection<EventFilter> watched =
                    restless ? history.filters() : List.of(history.filters().get(0));
            for (EventFilter filter : watched) {
                histories.add(new TurningHistories.Watched(history, filter, restless));
            }
        }
    }

    private static boolean isRestless(List<EventFilter> filters) {
        return filters.stream()
                .flatMap(filter -> filter.where().stream())
                .anyMatch(where -> TimeTest.dependsOnNow(where.test()));
    }

    private static void add(Map<String, Set<TimeTest>> tests, String name, ValueTest test) {
        if (test instanceof TimeTest time && TimeTest.dependsOnNow(test)) {
            tests.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(time);
        }
    }
}
