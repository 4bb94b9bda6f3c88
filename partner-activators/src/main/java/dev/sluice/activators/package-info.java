/**
 * From a person's stored memberships to the partners: the {@link dev.sluice.activators.Propagator} turns profile
 * versions into segment changes on the activations stream, an {@link dev.sluice.activators.Activator} takes them to one
 * {@link dev.sluice.activators.Partner}.
 *
 * <p>This package is the pure heart and its ports and imports {@code model} only; {@code aws} holds the edges that all
 * share, and each partner is a folder of its own ({@code webhook}). Start with {@code Propagator}.
 */
@NullMarked
package dev.sluice.activators;

import org.jspecify.annotations.NullMarked;
