package dev.sluice.activators.delivery;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Telling;
import java.util.List;

/** The connections that one function serves, as they are in force now. Thread-safe. */
public interface Served {
    /**
     * An account's, paused ones among them.
     *
     * @throws UnreachableException if it is not known what the account has
     */
    List<Telling> of(String account);

    /**
     * All of them.
     *
     * @throws UnreachableException if it is not known which accounts there are
     */
    List<InAccount> all();

    /** A connection of an account. */
    record InAccount(String account, Telling telling) {
        public Flow.Id id() {
            return new Flow.Id(account, telling.connection().name());
        }
    }
}
