package dev.sluice.activators.aws;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.profile.DeliveryId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of items of the ledger that cannot be read. Thread-safe. */
@FunctionalInterface
public interface UnreadableEntries {
    /** Nothing. */
    UnreadableEntries LEFT_ALONE = (key, revision, item, reason) -> false;

    /** The name under which they are set aside. */
    String FUNCTION = "ledger";

    /** Returns whether it is kept elsewhere, so that nobody has to look at it again. */
    boolean keep(LedgerKey key, long revision, Map<String, AttributeValue> item, String reason);

    /** Sets the entry's text aside, under one name however often it is read. */
    static UnreadableEntries setAside(SetAside setAside, InstantSource clock) {
        return (key, revision, item, reason) -> {
            AttributeValue entry = item.get("entry");
            byte[] payload =
                    entry == null || entry.s() == null ? new byte[0] : entry.s().getBytes(StandardCharsets.UTF_8);
            return setAside.keep(new SetAside.Item(
                    FUNCTION,
                    DeliveryId.of(key.connection(), key.person(), "", revision, 0),
                    clock.instant(),
                    "an entry of the ledger cannot be read: " + reason,
                    payload));
        };
    }
}
