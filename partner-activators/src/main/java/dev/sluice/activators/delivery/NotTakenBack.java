package dev.sluice.activators.delivery;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A segment's audience in which the partner of a removed connection may still have somebody.
 *
 * @param why it was not taken back, in a few words
 */
record NotTakenBack(LedgerKey key, String segment, String audience, LedgerLine.Wanted wanted, String why) {
    /** Those of an entry; without what the partner refused to drop, which was set aside then. */
    static List<NotTakenBack> of(LedgerEntry entry, Telling telling) {
        List<NotTakenBack> left = new ArrayList<>();
        if (telling.partner().hearsOfLeaving()) {
            entry.lines().forEach((segment, line) -> {
                if (!isRefused(line)) {
                    line.places().stream()
                            .map(LedgerLine.Place::audience)
                            .distinct()
                            .forEach(audience -> left.add(
                                    new NotTakenBack(entry.key(), segment, audience, line.wanted(), why(line))));
                }
            });
        }
        return left;
    }

    private static boolean isRefused(LedgerLine line) {
        return line.last()
                .filter(last -> last.direction() == Direction.LEFT
                        && last.state() == LedgerLine.Attempt.State.REJECTED
                        && last.version() == line.wanted().version())
                .isPresent();
    }

    private static String why(LedgerLine line) {
        return line.last()
                .filter(last -> last.direction() == Direction.LEFT)
                .map(LedgerLine.Attempt::reason)
                .filter(reason -> !reason.isEmpty())
                .orElse("never told");
    }

    /** As it is set aside: nothing by which the partner knows the person. */
    SetAside.Item item(Instant removed, Instant now) {
        Map<String, Value> payload = new LinkedHashMap<>();
        payload.put("v", Value.of(1));
        payload.put("account", Value.of(key.account()));
        payload.put("connection", Value.of(key.connection()));
        payload.put("person", Value.of(key.person().person()));
        payload.put("segment", Value.of(segment));
        payload.put("audience", Value.of(audience));
        payload.put("change", Value.of(Direction.LEFT.word()));
        payload.put("version", Value.of(wanted.version()));
        payload.put("at", Value.of(wanted.at().toString()));
        // Of one segment there may be several audiences, so the id is made of both.
        String id = DeliveryId.of(key.connection(), key.person(), segment + " " + audience, wanted.version(), 0);
        return new SetAside.Item(
                key.connection(),
                id,
                now,
                "the connection was removed at " + removed + " and could not take it back: " + why,
                JsonText.write(new Value.Fields(payload)));
    }
}
