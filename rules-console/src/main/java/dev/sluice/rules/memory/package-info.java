/**
 * Rule sets in memory, for tests and trying things. May import the heart. Start with {@code MemoryBundleRepository<RuleSet>}.
 */
@NullMarked
package dev.sluice.rules.memory;

import org.jspecify.annotations.NullMarked;
