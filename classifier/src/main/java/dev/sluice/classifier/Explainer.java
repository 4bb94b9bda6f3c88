package dev.sluice.classifier;

import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import java.util.Optional;

/** Says why a segment's condition is true or false of an observation. Thread-safe. */
public interface Explainer {
    /** JSON; empty if there is no such segment. */
    Optional<byte[]> explain(RuleSet rules, String segment, Observation observation);
}
