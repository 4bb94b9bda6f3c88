/** The ports in memory, for tests and for warming up. Imports the heart. */
@NullMarked
package dev.sluice.dispatcher.memory;

import org.jspecify.annotations.NullMarked;
