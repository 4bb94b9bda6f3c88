package dev.sluice.rules;

import dev.sluice.model.rules.RuleSet;

/**
 * What is known of a published rule set beside its content. Immutable.
 *
 * @param contentHash see {@link ContentHash}
 * @param segments how many it has
 */
public record RuleSetInfo(String account, int number, String contentHash, int segments, Authorship authorship) {
    public static RuleSetInfo of(RuleSet rules, Authorship authorship) {
        return new RuleSetInfo(
                rules.account(),
                rules.number(),
                ContentHash.of(rules),
                rules.segments().size(),
                authorship);
    }
}
