/** The activator's ports in memory, for tests: held to the same contracts as the real adapters. */
@NullMarked
package dev.sluice.activators.memory;

import org.jspecify.annotations.NullMarked;
