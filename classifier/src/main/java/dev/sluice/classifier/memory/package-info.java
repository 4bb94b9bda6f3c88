/**
 * Stores that hold everything in memory, for unit tests and simulations, held to the same contract suites as the real
 * ones. May import the ports only.
 */
@NullMarked
package dev.sluice.classifier.memory;

import org.jspecify.annotations.NullMarked;
