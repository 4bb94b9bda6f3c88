/** Promises of the way from profiles to the activations stream, and contracts of its ports. */
@NullMarked
package dev.sluice.activators.propagator;

import org.jspecify.annotations.NullMarked;
