package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tries people until each is done, or there is no use in trying on: some hundred at once, each some times. Thread-safe. */
final class Attempts {
    /** Attempts at one person while others write in between; each time someone got on, so more means a hot spot. */
    static final int MAX_ATTEMPTS = 5;

    private final Stores stores;
    private final Tally tally;

    Attempts(Stores stores, Tally tally) {
        this.stores = stores;
        this.tally = tally;
    }

    /**
     * How it ended with a person.
     *
     * @param verdict neither {@link Verdict.Again} nor {@link Verdict.GoesBy}
     * @param due when memberships next change by themselves, if the verdict is {@link Verdict.Done}
     * @param changed whether the profile was written
     */
    record Result(Verdict verdict, Optional<Instant> due, boolean changed) {
        static Result of(Verdict verdict) {
            return new Result(verdict, Optional.empty(), false);
        }
    }

    /**
     * Exactly one result for each; of who goes by somebody else it is how it ended with them.
     *
     * @param people different ones, any number
     * @param late whether no further step may be begun
     */
    Map<PersonKey, Result> at(List<Arrivals> people, BooleanSupplier late) {
        var trial = new Trial(late);
        people.forEach(trial::add);
        for (int i = 0; i < people.size(); i += Classifier.PEOPLE_AT_ONCE) {
            trial.atSome(people.subList(i, Math.min(people.size(), i + Classifier.PEOPLE_AT_ONCE)).stream()
                    .map(arrivals -> trial.last(arrivals.key()))
                    .toList());
        }
        return trial.results(people);
    }

    /** People while they are tried. */
    private final class Trial {
        private final BooleanSupplier late;
        /** All that is to be folded into someone, also what has been. */
        private final Map<PersonKey, Arrivals> arrivals = new HashMap<>();
        /** Who turned out to be somebody else's name. */
        private final Map<PersonKey, PersonKey> goesBy = new HashMap<>();

        private final Map<PersonKey, Result> results = new HashMap<>();

        Trial(BooleanSupplier late) {
            this.late = late;
        }

        void add(Arrivals more) {
            PersonKey person = more.names().get(more.key());
            if (person == null) {
                arrivals.merge(more.key(), more, Arrivals::and);
            } else {
                goesBy.put(more.key(), person);
                arrivals.merge(person, more.goingTo(person), Arrivals::and);
            }
        }

        void atSome(List<PersonKey> people) {
            Set<PersonKey> pending = new LinkedHashSet<>(people);
            int attempts = MAX_ATTEMPTS;
            for (int i = 0; i < attempts && !pending.isEmpty(); i++) {
                Set<PersonKey> next = attempt(pending);
                if (next.stream().anyMatch(key -> !pending.contains(key)) && attempts < 2 * MAX_ATTEMPTS) {
                    attempts++;
                }
                pending.clear();
                pending.addAll(next);
            }
            pending.forEach(key -> results.put(key, Result.of(new Verdict.Later())));
        }

        /** Who is to be tried once more. */
        private Set<PersonKey> attempt(Set<PersonKey> people) {
            var attempt = new Attempt(stores, tally, late);
            List<Arrivals> tried = new ArrayList<>();
            people.forEach(key -> Optional.ofNullable(arrivals.get(key)).ifPresent(tried::add));
            var verdicts = attempt.at(tried);
            Set<PersonKey> again = new LinkedHashSet<>();
            int conflicts = 0;
            for (Arrivals each : tried) {
                PersonKey key = each.key();
                switch (verdicts.getOrDefault(key, new Verdict.Later())) {
                    case Verdict.Again(var folded) -> {
                        folded.ifPresent(kind -> arrivals.put(key, each.foldedAs(kind)));
                        again.add(key);
                        conflicts++;
                    }
                    case Verdict.GoesBy(var person, var names) -> {
                        goesBy.put(key, person);
                        add(each.goingTo(person).withNames(names));
                        again.add(person);
                    }
                    case Verdict verdict ->
                        results.put(key, new Result(verdict, attempt.due(key), attempt.changed(key)));
                }
            }
            tally.add(Tally.Count.CONFLICTS, conflicts);
            return again;
        }

        Map<PersonKey, Result> results(List<Arrivals> people) {
            Map<PersonKey, Result> all = new LinkedHashMap<>();
            people.forEach(each -> all.put(each.key(), result(each.key())));
            return all;
        }

        private Result result(PersonKey key) {
            return results.getOrDefault(last(key), Result.of(new Verdict.Later()));
        }

        PersonKey last(PersonKey key) {
            PersonKey last = key;
            for (int i = 0; i < 2 * MAX_ATTEMPTS; i++) {
                last = goesBy.getOrDefault(last, last);
            }
            return last;
        }
    }
}
