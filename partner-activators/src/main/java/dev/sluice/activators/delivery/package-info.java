/**
 * From the activations stream to a partner: the {@link dev.sluice.activators.delivery.Activator} takes lines into the
 * ledger; it, the {@link dev.sluice.activators.delivery.Retries} and the {@link dev.sluice.activators.delivery.Replay} have
 * the {@link dev.sluice.activators.delivery.Deliverer} tell what is due, at the {@link
 * dev.sluice.activators.delivery.Flow}'s pace.
 *
 * <p>Pure: imports the root package, {@code ledger} and {@code model} only. Start with {@code Activator}.
 */
@NullMarked
package dev.sluice.activators.delivery;

import org.jspecify.annotations.NullMarked;
