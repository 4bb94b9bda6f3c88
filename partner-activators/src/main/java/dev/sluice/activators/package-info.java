/**
 * From a person's stored memberships to the partners. The {@code propagator} turns profile versions into lines on the
 * activations stream; {@code delivery} takes them into the {@code ledger} and tells {@link
 * dev.sluice.activators.Partner}s what is due.
 *
 * <p>This package is the port to a partner and what all share; it and {@code propagator}, {@code ledger}, {@code delivery}
 * and {@code connections} are the pure heart and import {@code model} only. {@code aws}, {@code files} and {@code http} hold
 * edges that all share, each partner is a folder of its own ({@code webhook}), {@code partners} puts everything together.
 * Start with {@code Partner}, then {@code ledger.LedgerEntry}.
 */
@NullMarked
package dev.sluice.activators;

import org.jspecify.annotations.NullMarked;
