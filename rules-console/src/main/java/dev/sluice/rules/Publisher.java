package dev.sluice.rules;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives rule sets their numbers: always the one after the newest, so the numbers of an account have no gaps and their
 * order is the order of publication. Thread-safe; many may run beside each other.
 *
 * <p>The bundle is put into the repository, and that alone publishes: from then on programs run it. Its entry in the
 * catalog is added after. A catalog that does not answer is noticed before the bundle is put, and then nothing is
 * published. If the catalog fails, or this process ends, between the two, the rule set is published and its entry is
 * missing: nothing is lost, because the bundle carries author, reason and time, and {@link History} adds the entry when
 * it next meets the number, at the latest when the next rule set is published.
 */
public final class Publisher {
    private static final String NOTHING = "nothing was published";

    private final RuleSetRepository repository;
    private final RuleSetCatalog catalog;
    private final History history;
    private final int attempts;

    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public Publisher(RuleSetRepository repository, RuleSetCatalog catalog, int attempts) {
        this.repository = repository;
        this.catalog = catalog;
        this.history = new History(repository, catalog);
        this.attempts = attempts;
    }

    /**
     * Publishes these segments as the account's next rule set.
     *
     * @param expected the number that must still be the current one, 0 for none yet; empty if any may be
     * @throws InvalidRuleException if the segments do not make a rule set, or none that every program can run
     * @throws UnreachableException if a store did not answer; if it was the repository, the rule set may have been
     *     stored all the same
     */
    public Publication publish(String account, List<Segment> segments, Authorship authorship, OptionalInt expected) {
        // Made before the store is asked: what no number could make valid is refused at once.
        var draft = new RuleSet("", 0, segments);
        Publishable.check(draft);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            // Read again after every loss: whoever knew only the number it lost might leave a gap.
            int current = current(account);
            if (expected.isPresent() && expected.getAsInt() != current) {
                return new Publication.NotCurrent(current);
            }
            tryCatalog(account, current);
            var rules = new RuleSet(account, Math.addExact(current, 1), draft.segments());
            if (stored(rules, authorship)) {
                var info = RuleSetInfo.of(rules, authorship);
                return new Publication.Published(rules, info, added(info));
            }
        }
        return new Publication.Contended(attempts);
    }

    private int current(String account) {
        try {
            return repository.numbers(account).stream()
                    .reduce((earlier, later) -> later)
                    .orElse(0);
        } catch (UnreachableException e) {
            throw e.andSo(NOTHING);
        }
    }

    private boolean stored(RuleSet rules, Authorship authorship) {
        try {
            return repository.store(rules, authorship);
        } catch (UnreachableException e) {
            throw e.andSo(
                    "rule set " + rules.number() + " may be published all the same: look at the list, or send again"
                            + " with If-Match \"" + (rules.number() - 1) + "\"");
        }
    }

    private void tryCatalog(String account, int current) {
        try {
            if (current > 0) {
                history.mend(account, current);
            } else {
                catalog.probe();
            }
        } catch (UnreachableException e) {
            throw e.andSo(NOTHING);
        } catch (UnreadableException e) {
            // The current one is broken; publishing the next is what mends that.
            return;
        }
    }

    private boolean added(RuleSetInfo info) {
        try {
            catalog.add(info);
            return true;
        } catch (UnreachableException e) {
            // Published it is, and to say otherwise would have it published twice.
            return false;
        }
    }
}
