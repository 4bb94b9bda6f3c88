package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSet;
import java.util.Map;
import java.util.Optional;

/**
 * What a classifier remembers of each account's rule sets across a restart, so that it can start while the repository is
 * down and does not run what it refused. It is this instance's own; nobody else reads or writes it. What is kept is
 * replaced as a whole or not at all, whenever the process ends. Thread-safe for different accounts.
 */
public interface LastGoodRules {
    /** What is kept of an account; {@link Kept#NOTHING} if nothing is. Asked once, at the first look. */
    Answer<Kept> read(String account);

    /** Keeps it instead of what was kept; returns why that was not possible. */
    Optional<String> keep(String account, Kept kept);

    /**
     * @param rules the last ones that ran
     * @param refused reasons why higher numbers do not run that this instance found by itself, by number
     */
    record Kept(Optional<RuleSet> rules, Map<Integer, String> refused) {
        public static final Kept NOTHING = new Kept(Optional.empty(), Map.of());

        public Kept {
            refused = Map.copyOf(refused);
        }
    }
}
