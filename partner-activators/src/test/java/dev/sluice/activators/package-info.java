/** Tests of the heart, and the contracts of its ports. Start with {@code PropagatorTest}. */
@NullMarked
package dev.sluice.activators;

import org.jspecify.annotations.NullMarked;
