package dev.sluice.classifier;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the classifier reads and writes of people.
 *
 * @param writerTokens a new one for every write of a profile, unique among all classifiers
 * @param clock says when something was found
 */
public record Stores(
        UserStates states, Profiles profiles, DueIndex dues, Supplier<String> writerTokens, InstantSource clock) {}
