package dev.sluice.activators.aws;

import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Entries as items of the ledger's table; {@link DynamoDbLedger} says what they look like. Stateless. */
final class LedgerItems {
    private static final String PLACE = "entry#";

    private LedgerItems() {}

    static Map<String, AttributeValue> item(LedgerEntry entry, long revision, String writer) {
        Map<String, AttributeValue> item = new HashMap<>(key(entry.key()));
        item.put("entry", text(new String(LedgerEntryJson.write(entry), StandardCharsets.UTF_8)));
        item.put("revision", number(revision));
        item.put("writer", text(writer));
        entry.due().ifPresent(due -> {
            item.put("dueGroup", text(group(entry.key())));
            item.put("dueAt", number(due.toEpochMilli()));
        });
        entry.waitingSince().ifPresent(since -> item.put("since", number(since.toEpochMilli())));
        entry.expires().ifPresent(then -> item.put("expires", number(then.getEpochSecond())));
        return item;
    }

    /** @throws MalformedException if it is no entry */
    static Ledger.Kept kept(Map<String, AttributeValue> item) {
        AttributeValue entry = item.get("entry");
        if (entry == null || entry.s() == null || revision(item) == 0) {
            throw new MalformedException("entry or revision is missing");
        }
        return new Ledger.Kept(LedgerEntryJson.read(entry.s().getBytes(StandardCharsets.UTF_8)), revision(item));
    }

    /** 0 if there is none. */
    static long revision(Map<String, AttributeValue> item) {
        AttributeValue revision = item.get("revision");
        return revision == null || revision.n() == null ? 0 : Long.parseLong(revision.n());
    }

    /** Whose entry an item is, also if that cannot be read. */
    static LedgerKey keyOf(Map<String, AttributeValue> item) {
        String[] place = attribute(item, "pk").s().split("#", -1);
        if (place.length != 4) {
            throw new IllegalStateException("an item of the ledger is at another place than entries are");
        }
        return new LedgerKey(
                place[2], new PersonKey(place[1], attribute(item, "sk").s()));
    }

    static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new IllegalStateException("an item of the ledger has no " + name));
    }

    static Map<String, AttributeValue> key(LedgerKey key) {
        return Map.of(
                "pk",
                text(place(key.account(), key.connection(), key.slot())),
                "sk",
                text(key.person().person()));
    }

    static String place(String account, String connection, int slot) {
        return PLACE + account + "#" + connection + "#" + slot;
    }

    static String group(LedgerKey key) {
        return group(key.account(), key.connection(), key.slot() / Ledger.SLOTS_PER_GROUP);
    }

    static String group(String account, String connection, int group) {
        return account + "#" + connection + "#" + group;
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
