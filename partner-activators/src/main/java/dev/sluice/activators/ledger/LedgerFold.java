package dev.sluice.activators.ledger;

import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Wanted;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes lines of the activations stream into entries of the ledger. Old lines and repeated ones change nothing; a line that
 * was lost is made good by the next, since each says how everything stands. Stateless.
 */
public final class LedgerFold {
    private LedgerFold() {}

    /**
     * The entry after a line; the very same one if the line says nothing new, or nothing that this connection must know.
     *
     * @param now when the line is read
     */
    public static LedgerEntry fold(LedgerEntry entry, ActivationLine line, Telling telling, Instant now) {
        Instant received = switch (line) {
            case ProfileChange change -> change.cause().receivedAt();
            case ActivationLine.Single(SegmentChange change) -> change.cause().receivedAt();
        };
        boolean isFormer = !received.isAfter(entry.erased() ? entry.heard() : entry.born());
        if (isFormer && (entry.erased() || entry.life() > 0)) {
            return entry;
        }
        LedgerEntry folded = switch (line) {
            case ProfileChange change when entry.erased() && change.erased() -> entry.hearing(received);
            case ProfileChange change -> whole(entry, change, telling);
            case ActivationLine.Single(SegmentChange change) -> single(entry, change, telling);
        };
        if (folded.equals(entry)) {
            return entry;
        }
        LedgerEntry settled = LedgerState.settled(folded.hearing(received), telling, now);
        return settled.saysTheSameAs(entry) ? entry : settled;
    }

    private static LedgerEntry whole(LedgerEntry known, ProfileChange change, Telling telling) {
        LedgerEntry entry = known.erased() ? LedgerState.revived(known) : known;
        if (change.version() < entry.version() || isNothing(entry, change, telling)) {
            return known;
        }
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        change.memberships().forEach((segment, since) -> {
            if (telling.connection().audience(segment).isPresent()) {
                lines.put(segment, entered(known, change, segment, since, telling));
            }
        });
        lines.replaceAll((segment, line) ->
                line.wanted().entered() && !isWanted(change, segment, telling) ? left(line, change, segment) : line);
        if (change.erased()) {
            // What a partner refused to drop it is asked once more: this time nothing may be left of the person.
            lines.replaceAll((segment, line) -> left(line.unstuck(), change, segment));
        }
        Optional<String> recipient = change.erased()
                ? Optional.empty()
                : telling.partner().recipient(telling.connection(), change.key(), change.shared());
        return new LedgerEntry(
                entry.key(),
                entry.life(),
                entry.born(),
                entry.heard(),
                change.version(),
                recipient,
                change.shared().consents(),
                change.erased(),
                entry.lease(),
                new TreeMap<>(lines),
                entry.due(),
                entry.waitingSince(),
                entry.expires());
    }

    /**
     * Whether nothing is known of the person and nothing of this has to be. That somebody was erased always has to: older
     * lines of theirs may lie in the failure bucket, and a replay must not bring them back.
     */
    private static boolean isNothing(LedgerEntry entry, ProfileChange change, Telling telling) {
        return !change.erased()
                && entry.version() == 0
                && entry.lines().isEmpty()
                && change.memberships().keySet().stream()
                        .noneMatch(segment ->
                                telling.connection().audience(segment).isPresent())
                && change.changes().stream()
                        .noneMatch(one ->
                                telling.connection().audience(one.segment()).isPresent());
    }

    private static boolean isWanted(ProfileChange change, String segment, Telling telling) {
        return change.memberships().containsKey(segment)
                && telling.connection().audience(segment).isPresent();
    }

    private static LedgerLine entered(
            LedgerEntry entry, ProfileChange change, String segment, Instant since, Telling telling) {
        LedgerLine line = entry.lines().get(segment);
        boolean said = change.changes().stream()
                .anyMatch(one -> one.segment().equals(segment) && one.direction() == Direction.ENTERED);
        if (line != null && line.wanted().entered() && !(said && line.wanted().version() < change.version())) {
            return line;
        }
        var wanted = new Wanted(Direction.ENTERED, change.version(), since, change.ruleSet(), change.cause());
        Optional<String> occasion =
                said ? telling.partner().occasion(telling.connection(), change.shared()) : Optional.empty();
        if (line != null) {
            return line.wanting(wanted).occasionedBy(occasion);
        }
        // Who is in it for longer than the last line that came is in it since before the connection knew the segment.
        boolean isMissed = entry.version() > 0 && since.isAfter(entry.heard());
        boolean isNews = said || isMissed || telling.partner().hearsOfLeaving();
        return new LedgerLine(wanted, List.of(), isNews ? Optional.empty() : Optional.of(longSince(wanted)), occasion);
    }

    /**
     * Who was in a segment before anything was heard of them, or before the connection was about it, did not enter it now:
     * no message is triggered.
     */
    private static Attempt longSince(Wanted wanted) {
        return new Attempt(
                Direction.ENTERED,
                "",
                "",
                wanted.version(),
                0,
                0,
                wanted.at(),
                wanted.at(),
                wanted.at(),
                Attempt.State.SKIPPED,
                "was in the segment before");
    }

    private static LedgerLine left(LedgerLine line, ProfileChange change, String segment) {
        Instant at = change.changes().stream()
                .filter(one -> one.segment().equals(segment))
                .map(SegmentChange::at)
                .findFirst()
                .orElse(change.asOf());
        return line.wanting(new Wanted(Direction.LEFT, change.version(), at, change.ruleSet(), change.cause()));
    }

    /** A line of version 1 says nothing of the rest, so only those that are not older than all that is known count. */
    private static LedgerEntry single(LedgerEntry known, SegmentChange change, Telling telling) {
        LedgerEntry entry = known.erased() ? LedgerState.revived(known) : known;
        LedgerLine line = entry.lines().get(change.segment());
        boolean isKnown = line != null && line.wanted().version() >= change.version();
        if (change.version() < entry.version()
                || isKnown
                || telling.connection().audience(change.segment()).isEmpty()) {
            return known;
        }
        var wanted = new Wanted(change.direction(), change.version(), change.at(), change.ruleSet(), change.cause());
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        lines.put(
                change.segment(),
                line == null ? new LedgerLine(wanted, List.of(), Optional.empty()) : line.wanting(wanted));
        Optional<String> recipient = entry.recipient().isPresent()
                ? entry.recipient()
                : telling.partner().recipient(telling.connection(), change.key(), Shared.NOTHING);
        return new LedgerEntry(
                entry.key(),
                entry.life(),
                entry.born(),
                entry.heard(),
                change.version(),
                recipient,
                entry.consents(),
                false,
                entry.lease(),
                new TreeMap<>(lines),
                entry.due(),
                entry.waitingSince(),
                entry.expires());
    }
}
