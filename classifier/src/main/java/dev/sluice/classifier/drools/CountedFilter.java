package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Occurrence;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A filter that the rule set counts by.
 *
 * @param number its place among those of the rule set, from 0
 * @param longest the longest window in which anything counts by it
 */
record CountedFilter(int number, Predicate<Occurrence> passes, Duration longest) {}
