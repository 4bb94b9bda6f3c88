/**
 * JMH benchmarks, run by {@code ./sluice bench}; their results are recorded in {@code docs/benchmarks.md}.
 *
 * <p>May import any deployable. Start with {@link dev.sluice.benchmarks.FoldBenchmark}.
 */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
