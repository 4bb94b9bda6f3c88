package dev.sluice.activators.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connections that are no longer published, and whose people the partner has yet to be told to drop. Thread-safe. */
public interface Removals {
    /** How long it is tried to take people back: time for somebody to bring a secret back, four times as long as for retries. */
    Duration LONGEST = Duration.ofDays(14);

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
     * @param closing whether its time is over: it is gone through once more, and what could not be taken back is set aside
     */
    record Removal(Served.InAccount connection, Instant noted, int slot, Optional<String> after, boolean closing) {
        /** One whose time is not over. */
        public Removal(Served.InAccount connection, Instant noted, int slot, Optional<String> after) {
            this(connection, noted, slot, after, false);
        }

        /** When it ends, whatever is left. */
        public Instant end() {
            return noted.plus(LONGEST);
        }

        Removal at(int otherSlot, Optional<String> person) {
            return new Removal(connection, noted, otherSlot, person, closing);
        }

        Removal closed() {
            return new Removal(connection, noted, 0, Optional.empty(), true);
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
