package dev.sluice.activators.ledger;

import dev.sluice.activators.Partner;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;

/** A connection and the partner that it leads to: whom to tell, and how. */
public record Telling(Partner partner, Connection connection) {
    /** Whether two names of a person are the same to this partner. */
    boolean areSame(String recipient, String other) {
        return recipient.equals(other) || !partner.followsRecipients();
    }

    /**
     * Whether the person may be told of at all: there is an address, and consent as it is asked for now. It is asked each
     * time an entry is looked at: when something is due of it, when a line of the person comes, and, of everybody, in a
     * reconciliation. So a connection that asks for more consent than before sends nothing to those who lack it from the
     * moment it is in force; those whom the partner has already are taken out when their entries are looked at next.
     */
    boolean isOpen(LedgerEntry entry) {
        return !entry.erased()
                && entry.recipient().isPresent()
                && connection.consent().isGivenBy(entry.consents());
    }

    /** Whether the last attempt was one of a dry run, and the connection no longer is. */
    boolean wasDryRun(LedgerLine line) {
        return !partner.isDryRun(connection)
                && line.last().filter(LedgerLine.Attempt::isDryRun).isPresent();
    }

    /** Whether an attempt was to tell this very thing because of this very version. */
    boolean isSame(
            LedgerLine.Attempt attempt, SegmentChange.Direction direction, LedgerLine.Place place, long version) {
        if (attempt.version() != version || attempt.direction() != direction) {
            return false;
        }
        // A message is the same one whatever its words came to be meanwhile: it must not be sent twice.
        return !partner.hearsOfLeaving()
                || (attempt.audience().equals(place.audience()) && areSame(attempt.recipient(), place.recipient()));
    }
}
