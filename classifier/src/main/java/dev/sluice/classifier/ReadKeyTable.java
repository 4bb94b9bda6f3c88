package dev.sluice.classifier;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ReadKey;
import dev.sluice.model.bundle.KeyHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom some connections let ask. No account takes another's key by naming its hash, which is no secret: {@link KeyOwners} says
 * whose it is. Immutable.
 */
final class ReadKeyTable {
    static final ReadKeyTable EMPTY = new ReadKeyTable(Map.of());

    /** A key is shorter; nobody makes us hash a body. */
    private static final int MAX_KEY = 512;

    private final Map<String, Entry> byHash;
    private final Map<String, Reader> byFingerprint = new HashMap<>();

    /** A key; without a reader if it is revoked. */
    private record Entry(String account, Optional<Reader> reader) {}

    private ReadKeyTable(Map<String, Entry> byHash) {
        this.byHash = byHash;
        byHash.values()
                .forEach(entry -> entry.reader()
                        .ifPresent(reader -> byFingerprint.put(reader.account() + "/" + reader.fingerprint(), reader)));
    }

    /** The next one, of what is published now. */
    ReadKeyTable next(Collection<Connections> published, KeyOwners owners) {
        Map<String, SortedMap<String, Entry>> named = new HashMap<>();
        for (Connections connections : published) {
            for (ReadKey key : connections.readKeys()) {
                named.computeIfAbsent(key.sha256(), any -> new TreeMap<>())
                        .put(connections.account(), entry(connections.account(), key));
            }
        }
        Map<String, Entry> next = new HashMap<>();
        named.forEach((sha256, byAccount) -> {
            Optional<String> before = Optional.ofNullable(byHash.get(sha256)).map(Entry::account);
            owners.owner(sha256, byAccount.keySet(), before)
                    .ifPresent(account -> next.put(sha256, byAccount.get(account)));
        });
        return new ReadKeyTable(next);
    }

    private static Entry entry(String account, ReadKey key) {
        return new Entry(
                account,
                key.active()
                        ? Optional.of(new Reader(account, key.name(), key.sha256(), key.segments()))
                        : Optional.empty());
    }

    /**
     * Who has this key. It is looked up by its hash, so that the time which that takes says nothing of any other key.
     */
    Optional<Reader> byKey(String key) {
        return key.isEmpty() || key.length() > MAX_KEY
                ? Optional.empty()
                : Optional.ofNullable(byHash.get(KeyHash.of(key))).flatMap(Entry::reader);
    }

    /** Who has the key of this fingerprint. */
    Optional<Reader> byFingerprint(String account, String fingerprint) {
        return Optional.ofNullable(byFingerprint.get(account + "/" + fingerprint));
    }

    int size() {
        return byFingerprint.size();
    }
}
