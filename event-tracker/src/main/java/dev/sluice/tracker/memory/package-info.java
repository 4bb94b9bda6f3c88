/** Ports in memory, for tests and simulation; held to the same contract suites as the real ones. */
@NullMarked
package dev.sluice.tracker.memory;

import org.jspecify.annotations.NullMarked;
