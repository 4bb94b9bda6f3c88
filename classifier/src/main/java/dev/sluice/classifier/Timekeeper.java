package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Acts when the time has come: looks at people whose memberships may have changed by themselves, and puts them where they
 * will next be due. Many may do so at once; each takes others' people only when their lease is over. Thread-safe.
 *
 * <p><b>Why nobody is forgotten.</b> Who is being looked at is found again when the lease is over, so who dies meanwhile is
 * followed by another. Whoever keeps a state while it is looked at schedules the person after that, and what was scheduled
 * since a person was taken stays when the look is settled, if it is earlier.
 */
public final class Timekeeper {
    /** Longer than a round usually takes; who takes longer is looked at twice, which changes nothing. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** When somebody of whom something stored cannot be read is looked at again. */
    private static final Duration WITHOUT_HOPE = Duration.ofHours(1);

    private final RunningRules rules;
    private final Stores stores;
    private final Attempts attempts;
    private final Tally tally;
    private final TimeLimit timeLimit;

    /** @param timeLimit of one round */
    public Timekeeper(RunningRules rules, Stores stores, Tally tally, TimeLimit timeLimit) {
        this.rules = rules;
        this.stores = stores;
        this.attempts = new Attempts(stores, tally);
        this.tally = tally;
        this.timeLimit = timeLimit;
    }

    /**
     * What a round did.
     *
     * @param looked people
     * @param changed of them, whose profile was written
     * @param more whether others may be due already
     */
    public record Round(int looked, int changed, boolean more) {}

    /**
     * Looks at people who are due now.
     *
     * @param most people
     */
    public Answer<Round> round(int most) {
        Instant now = stores.clock().instant();
        return switch (stores.dues().claim(now, most, LEASE)) {
            case Answer.Found<List<DueIndex.Claim>>(var claims) -> new Answer.Found<>(look(claims, now, most));
            case Answer.Unreadable<List<DueIndex.Claim>>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<List<DueIndex.Claim>>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    private Round look(List<DueIndex.Claim> claims, Instant now, int most) {
        BooleanSupplier late = timeLimit.begin();
        var look = new Look(Optional.of(now), false, Optional.empty());
        List<Arrivals> people = new ArrayList<>();
        Map<DueIndex.Claim, Optional<Instant>> settled = new HashMap<>();
        for (DueIndex.Claim claim : claims) {
            switch (rules.of(claim.key().account())) {
                case RunningRules.Running running -> people.add(Arrivals.looking(claim.key(), running, look));
                // Another classifier may know more, when the lease is over.
                case RunningRules.NoRules() -> {}
                case RunningRules.NotKnown() -> {}
            }
        }
        Map<PersonKey, Attempts.Result> results = attempts.at(people, late);
        for (DueIndex.Claim claim : claims) {
            Attempts.Result result = results.get(claim.key());
            if (result == null) {
                continue;
            }
            switch (result.verdict()) {
                case Verdict.Done done -> settled.put(claim, result.due());
                case Verdict.Poisoned poisoned -> settled.put(claim, Optional.of(now.plus(WITHOUT_HOPE)));
                case Verdict.Outdated(var ruleSet) -> rules.follow(claim.key().account(), ruleSet);
                case Verdict.Later later -> {}
                case Verdict.Again again -> {}
                case Verdict.GoesBy name -> {}
            }
        }
        stores.dues().settle(settled);
        tally.add(Tally.Count.DUE, claims.size());
        int changed =
                (int) results.values().stream().filter(Attempts.Result::changed).count();
        return new Round(claims.size(), changed, claims.size() == most);
    }
}
