/**
 * The classifier: joins events with what is known of a person, asks the rules, merges, keeps the answer. This package
 * is the heart ({@link dev.sluice.classifier.Classifier}) and its ports ({@link dev.sluice.classifier.UserStates},
 * {@link dev.sluice.classifier.Profiles}, {@link dev.sluice.classifier.RuleSets}); it imports {@code model} and nothing
 * else, but for {@code ClassifierApplication}, which wires the edges. Start with {@code Classifier}.
 */
@NullMarked
package dev.sluice.classifier;

import org.jspecify.annotations.NullMarked;
