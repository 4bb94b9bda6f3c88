package dev.sluice.rules;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;

/** What a rule set must be, beyond what the model demands of each, for every program to be able to run it. Stateless. */
final class Publishable {
    /** Bytes of a bundle that account and number may take. */
    private static final int NAMES = 64;

    private Publishable() {}

    /**
     * Refuses what would be published and run nowhere.
     *
     * @param rules without an account yet, and of number 0
     * @throws InvalidRuleException if it calls a function that is not there, or its bundle would be larger than programs
     *     read
     */
    static void check(RuleSet rules) {
        RuleFunctions.installed().check(rules);
        int bytes = RuleSetJson.write(rules).length;
        int most = RuleSetKind.MAX_BUNDLE - NAMES;
        if (bytes > most) {
            throw new InvalidRuleException("segments: have " + bytes + " bytes as JSON, may have " + most
                    + "; merge or remove some, or shorten their lists");
        }
    }
}
