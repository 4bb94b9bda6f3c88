/**
 * What a partner is to be told of a person and what it has been told, and every decision between the two, as values.
 *
 * <p>Pure: imports the root package and {@code model} only. Start with {@code LedgerEntry}, then {@code LedgerFold} (what a
 * change does to it), {@code Claim} (what is sent now) and {@code Settlement} (what the answer means).
 */
@NullMarked
package dev.sluice.activators.ledger;

import org.jspecify.annotations.NullMarked;
