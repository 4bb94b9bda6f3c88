package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param verdict never {@link Verdict.Again}
     * @param due when memberships next change by themselves, if the verdict is {@link Verdict.Done}
     * @param changed whether the profile was written
     */
    record Result(Verdict verdict, Optional<Instant> due, boolean changed) {}

    /**
     * Exactly one result for each.
     *
     * @param people different ones, any number
     * @param late whether no further step may be begun
     */
    Map<PersonKey, Result> at(List<Arrivals> people, BooleanSupplier late) {
        Map<PersonKey, Result> results = new HashMap<>();
        for (int i = 0; i < people.size(); i += Classifier.PEOPLE_AT_ONCE) {
            atSome(people.subList(i, Math.min(people.size(), i + Classifier.PEOPLE_AT_ONCE)), late, results);
        }
        return results;
    }

    private void atSome(List<Arrivals> people, BooleanSupplier late, Map<PersonKey, Result> results) {
        List<Arrivals> pending = people;
        for (int i = 0; i < MAX_ATTEMPTS && !pending.isEmpty(); i++) {
            var attempt = new Attempt(stores, tally, late);
            var verdicts = attempt.at(pending);
            List<Arrivals> again = new ArrayList<>();
            for (Arrivals arrivals : pending) {
                PersonKey key = arrivals.key();
                Verdict verdict = verdicts.getOrDefault(key, new Verdict.Later());
                if (verdict instanceof Verdict.Again(var folded)) {
                    again.add(folded.map(arrivals::foldedAs).orElse(arrivals));
                } else {
                    results.put(key, new Result(verdict, attempt.due(key), attempt.changed(key)));
                }
            }
            tally.add(Tally.Count.CONFLICTS, again.size());
            pending = again;
        }
        pending.forEach(
                arrivals -> results.put(arrivals.key(), new Result(new Verdict.Later(), Optional.empty(), false)));
    }
}
