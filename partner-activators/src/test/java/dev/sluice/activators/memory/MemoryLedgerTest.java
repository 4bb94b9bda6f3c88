package dev.sluice.activators.memory;

import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerContract;

/** The ledger in memory keeps what is expected of every ledger. */
final class MemoryLedgerTest extends LedgerContract {
    private final MemoryLedger ledger = new MemoryLedger();

    @Override
    protected Ledger ledger() {
        return ledger;
    }
}
