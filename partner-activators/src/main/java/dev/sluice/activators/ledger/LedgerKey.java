package dev.sluice.activators.ledger;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;

/** One person on one connection of the person's account. */
public record LedgerKey(String connection, PersonKey person) implements Comparable<LedgerKey> {
    public String account() {
        return person.account();
    }

    /** Of the person on the ring. */
    public int slot() {
        return Ring.slot(person);
    }

    @Override
    public int compareTo(LedgerKey other) {
        int byConnection = connection.compareTo(other.connection);
        return byConnection != 0 ? byConnection : person.compareTo(other.person);
    }
}
