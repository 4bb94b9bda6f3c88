/**
 * What the author of a rule set probably did not mean, proved from what rules mean. May import the rule language and the
 * nouns above it; nothing but the console's programs may know it. Start with {@code RuleCheck}.
 */
@NullMarked
package dev.sluice.model.rules.check;

import org.jspecify.annotations.NullMarked;
