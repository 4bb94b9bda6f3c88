/** Profile rows in memory, for tests: held to the same contract as Redis. */
@NullMarked
package dev.sluice.userdata.memory;

import org.jspecify.annotations.NullMarked;
