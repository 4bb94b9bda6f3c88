package dev.sluice.activators.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connections that are no longer published, and whose people the partner has yet to be told to drop. Thread-safe. */
public interface Removals {
    /** There are none. */
    Removals NONE = new Removals() {
        @Override
        public List<Removal> open() {
            return List.of();
        }

        @Override
        public void reached(Removal removal) {
            throw new IllegalStateException("nothing was removed");
        }

        @Override
        public void done(Removal removal) {
            throw new IllegalStateException("nothing was removed");
        }
    };

    /**
     * One of them.
     *
     * @param connection as it was published last, with no segments
     * @param noted when it was seen to be gone: functions may have used it for some time since
     * @param slot up to which its ledger has been gone through: 256 once it has been
     * @param after the last person of that slot that was
     */
    record Removal(Served.InAccount connection, Instant noted, int slot, Optional<String> after) {
        Removal at(int otherSlot, Optional<String> person) {
            return new Removal(connection, noted, otherSlot, person);
        }
    }

    /**
     * Those that are left to do.
     *
     * @throws dev.sluice.activators.UnreachableException if it is not known
     */
    List<Removal> open();

    /** Notes how far one has come. */
    void reached(Removal removal);

    /** Notes that nobody is left. */
    void done(Removal removal);
}
