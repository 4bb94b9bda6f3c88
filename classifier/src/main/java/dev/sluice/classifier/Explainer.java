package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSet;
import java.util.Optional;

/** Says how a person stands to a segment, and why its condition is true or false. Thread-safe. */
public interface Explainer {
    /** JSON; empty if there is no such segment. */
    Optional<byte[]> explain(RuleSet rules, String segment, Explained explained);
}
