package dev.sluice.classifier;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ReadKey;
import dev.sluice.model.bundle.KeyHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom some connections let ask. A key that an account has had stays with it: no other account takes it by naming its hash,
 * which is no secret. One that two accounts begin to name at once lets nobody in. Immutable.
 */
final class ReadKeyTable {
    static final ReadKeyTable EMPTY = new ReadKeyTable(Map.of());

    /** A key is shorter; nobody makes us hash a body. */
    private static final int MAX_KEY = 512;

    private final Map<String, Entry> byHash;
    private final Map<String, Reader> byFingerprint = new HashMap<>();

    /** A key; without a reader if it is revoked, or claimed by two. */
    private record Entry(String account, Optional<Reader> reader) {}

    private ReadKeyTable(Map<String, Entry> byHash) {
        this.byHash = byHash;
        byHash.values()
                .forEach(entry -> entry.reader()
                        .ifPresent(reader -> byFingerprint.put(reader.account() + "/" + reader.fingerprint(), reader)));
    }

    /** The next one, of what is published now. */
    ReadKeyTable next(Collection<Connections> published) {
        Map<String, Entry> next = new HashMap<>();
        for (Connections connections : published) {
            for (ReadKey key : connections.readKeys()) {
                Entry entry = entry(connections.account(), key);
                next.merge(key.sha256(), entry, this::rightful);
            }
        }
        return new ReadKeyTable(next);
    }

    private static Entry entry(String account, ReadKey key) {
        return new Entry(
                account,
                key.active()
                        ? Optional.of(new Reader(account, key.name(), key.sha256(), key.segments()))
                        : Optional.empty());
    }

    private Entry rightful(Entry one, Entry other) {
        String sha256 = one.reader().or(other::reader).map(Reader::sha256).orElse("");
        Entry before = byHash.get(sha256);
        if (before != null && before.account().equals(one.account())) {
            return one;
        }
        if (before != null && before.account().equals(other.account())) {
            return other;
        }
        return new Entry("", Optional.empty());
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
