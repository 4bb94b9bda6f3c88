package dev.sluice.local.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one sent event. Immutable.
 *
 * @param firstSentNanos {@link System#nanoTime()} just before its first request
 * @param canonical of the accepted copies that the client knows, the one received first
 * @param refusal the tracker's reason; null if it has not refused the event
 * @param ghosts whether some copy's fate is unknown: it may have been kept before the ones that we know
 * @param tied whether two copies were received in the same millisecond and disagree about the event time
 */
record LedgerEntry(
        ClientEvent event,
        long firstSentNanos,
        @Nullable Arrival canonical,
        @Nullable String refusal,
        boolean ghosts,
        boolean tied) {

    enum Standing {
        ACCEPTED,
        REFUSED,
        UNCERTAIN
    }

    static LedgerEntry first(ClientEvent event, long sentNanos) {
        return new LedgerEntry(event, sentNanos, null, null, false, false);
    }

    Standing standing() {
        if (canonical != null) {
            return Standing.ACCEPTED;
        }
        return refusal != null ? Standing.REFUSED : Standing.UNCERTAIN;
    }

    boolean timeIsUncertain() {
        return event.needsReceipt() && (ghosts || tied);
    }

    Arrival arrival() {
        if (canonical == null) {
            throw new IllegalStateException("event " + event.id() + " was not accepted");
        }
        return canonical;
    }

    LedgerEntry accepted(Instant receivedAt, @Nullable Instant sentAt) {
        var copy = new Arrival(event, receivedAt, sentAt);
        if (canonical == null || receivedAt.isBefore(canonical.receivedAt())) {
            return new LedgerEntry(event, firstSentNanos, copy, refusal, ghosts, false);
        }
        boolean tie =
                receivedAt.equals(canonical.receivedAt()) && !copy.eventTime().equals(canonical.eventTime());
        return new LedgerEntry(event, firstSentNanos, canonical, refusal, ghosts, tied || tie);
    }

    LedgerEntry refused(String code) {
        return new LedgerEntry(event, firstSentNanos, canonical, code, ghosts, tied);
    }

    LedgerEntry unclear() {
        return new LedgerEntry(event, firstSentNanos, canonical, refusal, true, tied);
    }
}
