package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks at everyone of whom something is kept, as of now, page by page, and puts right what differs. When all is well only
 * a new rule set, or the release of people who have been rebuilt, makes anything differ. Thread-safe.
 */
public final class Audit {
    private final RunningRules rules;
    private final Stores stores;
    private final KnownPeople known;
    private final Attempts attempts;
    private final TimeLimit timeLimit;

    /** @param timeLimit of one page */
    public Audit(RunningRules rules, Stores stores, KnownPeople known, Tally tally, TimeLimit timeLimit) {
        this.rules = rules;
        this.stores = stores;
        this.known = known;
        this.attempts = new Attempts(stores, tally);
        this.timeLimit = timeLimit;
    }

    /**
     * What was found on one page.
     *
     * @param checked people whose profile is now known to be right
     * @param differed of them, whose profile was not right and has been written
     * @param later people who could not be checked: a store was away, or their rules are not known
     * @param next cursor of the next page; empty if this was the last
     */
    public record Findings(int checked, int differed, int later, Optional<String> next) {}

    /**
     * Checks a page.
     *
     * @param cursor of the page before; empty for the first
     * @param about how many people
     * @param releasing who was found to be without a state before this moment has been rebuilt and is held no longer
     */
    public Answer<Findings> page(Optional<String> cursor, int about, Optional<Instant> releasing) {
        return switch (known.page(cursor, about)) {
            case Answer.Found<KnownPeople.Page>(var page) -> new Answer.Found<>(check(page, releasing));
            case Answer.Unreadable<KnownPeople.Page>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<KnownPeople.Page>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    private Findings check(KnownPeople.Page page, Optional<Instant> releasing) {
        BooleanSupplier late = timeLimit.begin();
        var look = new Look(Optional.of(stores.clock().instant()), true, releasing);
        List<Arrivals> people = new ArrayList<>();
        int later = 0;
        for (PersonKey key : new HashSet<>(page.people())) {
            switch (rules.of(key.account())) {
                case RunningRules.Running running -> people.add(Arrivals.looking(key, running, look));
                case RunningRules.NoRules() -> {}
                case RunningRules.NotKnown() -> later++;
            }
        }
        Map<PersonKey, Attempts.Result> results = attempts.at(people, late);
        int checked = 0;
        int differed = 0;
        for (Attempts.Result result : results.values()) {
            if (result.verdict() instanceof Verdict.Done) {
                checked++;
                differed += result.changed() ? 1 : 0;
            } else {
                later++;
            }
        }
        return new Findings(checked, differed, later, page.next());
    }
}
