package dev.sluice.rules;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.List;
import java.util.OptionalInt;

/** Publishes rule sets, as {@link BundlePublisher} does. Thread-safe. */
public final class Publisher {
    private final BundlePublisher<RuleSet> bundles;

    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public Publisher(BundleRepository<RuleSet> repository, BundleCatalog catalog, int attempts) {
        this.bundles = new BundlePublisher<>(RuleSetKind.RULE_SETS, repository, catalog, attempts);
    }

    /**
     * Publishes this content as the account's next rule set.
     *
     * @param content whatever its account and number
     * @param expected the number that must still be the current one, 0 for none yet; empty if any may be
     * @throws InvalidRuleException if the segments do not make a rule set, or none that every program can run
     * @throws UnreachableException if a store did not answer; if it was the repository, the rule set may have been
     *     stored all the same
     */
    public Publication publish(String account, RuleSet content, Authorship authorship, OptionalInt expected) {
        // Made before the store is asked: what no number could make valid is refused at once.
        var draft = new RuleSet("", 0, content.segments(), content.share());
        Publishable.check(draft);
        return bundles.publish(
                account, number -> new RuleSet(account, number, draft.segments(), draft.share()), authorship, expected);
    }

    /** The same of which nothing is shared. */
    public Publication publish(String account, List<Segment> segments, Authorship authorship, OptionalInt expected) {
        return publish(account, new RuleSet("", 0, segments), authorship, expected);
    }
}
