/** Laws of the ledger, and the contract of its port. */
@NullMarked
package dev.sluice.activators.ledger;

import org.jspecify.annotations.NullMarked;
