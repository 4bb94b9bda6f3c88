package dev.sluice.rules;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;

/** Rule sets, as bundles. */
public final class RuleSetKind implements BundleKind<RuleSet> {
    public static final RuleSetKind RULE_SETS = new RuleSetKind();

    static final int MAX_BUNDLE = 16 << 20;

    private RuleSetKind() {}

    @Override
    public String noun() {
        return "rule set";
    }

    @Override
    public String folder() {
        return "rule-sets/";
    }

    @Override
    public String entry() {
        return "set#";
    }

    @Override
    public int maxBundle() {
        return MAX_BUNDLE;
    }

    @Override
    public String account(RuleSet rules) {
        return rules.account();
    }

    @Override
    public int number(RuleSet rules) {
        return rules.number();
    }

    @Override
    public int parts(RuleSet rules) {
        return rules.segments().size();
    }

    @Override
    public byte[] write(RuleSet rules) {
        return RuleSetJson.write(rules);
    }

    @Override
    public byte[] canonical(RuleSet rules) {
        return ContentHash.canonical(rules);
    }

    @Override
    public RuleSet read(byte[] bundle) {
        try {
            return RuleSetJson.read(bundle);
        } catch (InvalidRuleException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }
}
