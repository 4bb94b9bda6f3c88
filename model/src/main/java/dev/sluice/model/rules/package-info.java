/**
 * The rule language: a tree of {@link dev.sluice.model.rules.Condition}s, a {@link dev.sluice.model.rules.Segment} that
 * names one, a {@link dev.sluice.model.rules.RuleSet} that numbers many, and what they mean
 * ({@link dev.sluice.model.rules.RuleEvaluator}, plain Java written to be read).
 *
 * <p>May import the package above it and RE2/J. Start with {@code RuleEvaluator}.
 */
@NullMarked
package dev.sluice.model.rules;

import org.jspecify.annotations.NullMarked;
