/**
 * From stored profiles to the activations stream: {@link dev.sluice.activators.propagator.Propagator} turns the versions of
 * profiles that the table's stream brings into lines; {@link dev.sluice.activators.propagator.GapWatch} notices when it was
 * off for too long, and {@link dev.sluice.activators.propagator.Reconciler} then tells of everyone from the table.
 *
 * <p>Pure: imports the root package and {@code model} only. Start with {@code Propagator}.
 */
@NullMarked
package dev.sluice.activators.propagator;

import org.jspecify.annotations.NullMarked;
