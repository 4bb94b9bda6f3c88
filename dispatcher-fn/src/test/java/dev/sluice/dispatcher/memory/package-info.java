/** Tests of this package, and what they share. */
@NullMarked
package dev.sluice.dispatcher.memory;

import org.jspecify.annotations.NullMarked;
