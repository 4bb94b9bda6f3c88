/**
 * From a person's stored memberships to the partners: the {@link dev.sluice.activators.Propagator} turns profile versions
 * into lines on the activations stream; an {@link dev.sluice.activators.Activator} takes them into the {@link
 * dev.sluice.activators.Ledger} and, with the {@link dev.sluice.activators.Retries}, tells {@link
 * dev.sluice.activators.Partner}s by way of the {@link dev.sluice.activators.Deliverer}.
 *
 * <p>This package is the pure heart and its ports and imports {@code model} only; {@code aws}, {@code files} and {@code http}
 * hold edges that all share, each partner is a folder of its own ({@code webhook}), {@code partners} puts everything
 * together. Start with {@code LedgerEntry}, then {@code LedgerFold}, {@code Claim} and {@code Settlement}.
 */
@NullMarked
package dev.sluice.activators;

import org.jspecify.annotations.NullMarked;
