package dev.sluice.rules.memory;

import dev.sluice.rules.KeyClaims;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Claims in memory, gone with it. Thread-safe. */
public final class MemoryKeyClaims implements KeyClaims {
    private final ConcurrentMap<String, String> owners = new ConcurrentHashMap<>();

    @Override
    public Optional<String> owner(String sha256) {
        return Optional.ofNullable(owners.get(sha256));
    }

    @Override
    public String claim(String sha256, String account) {
        String before = owners.putIfAbsent(sha256, account);
        return before == null ? account : before;
    }
}
