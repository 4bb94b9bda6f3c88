package dev.sluice.rules;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives rule sets their numbers: always the one after the newest, so the numbers of an account have no gaps and their
 * order is the order of publication. Thread-safe; many may run beside each other.
 */
public final class Publisher {
    private final RuleSetRepository repository;
    private final int attempts;

    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public Publisher(RuleSetRepository repository, int attempts) {
        this.repository = repository;
        this.attempts = attempts;
    }

    /**
     * Publishes these segments as the account's next rule set.
     *
     * @param expected the number that must still be the current one, 0 for none yet; empty if any may be
     * @throws InvalidRuleException if the segments do not make a rule set
     * @throws UnreachableException if the store did not answer; the rule set may have been stored all the same
     */
    public Publication publish(String account, List<Segment> segments, OptionalInt expected) {
        // Made before the store is asked: what no number could make valid is refused at once.
        var draft = new RuleSet(account, 0, segments);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            // Read again after every loss: whoever knew only the number it lost might leave a gap.
            int current = repository.numbers(account).stream()
                    .reduce((earlier, later) -> later)
                    .orElse(0);
            if (expected.isPresent() && expected.getAsInt() != current) {
                return new Publication.NotCurrent(current);
            }
            var rules = new RuleSet(account, Math.addExact(current, 1), draft.segments());
            if (repository.store(rules)) {
                return new Publication.Published(rules);
            }
        }
        return new Publication.Contended(attempts);
    }
}
