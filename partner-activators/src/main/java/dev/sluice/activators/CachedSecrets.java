package dev.sluice.activators;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets from memory: each is read again after five minutes, and stays as it was while its store does not answer. That
 * there is none is not remembered. Thread-safe; several threads may read the same secret at once.
 */
public final class CachedSecrets implements Secrets {
    private static final Duration FRESH = Duration.ofMinutes(5);
    /** How long a store that does not answer is left alone, if there is an old answer. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** More than the connections that one function can ever serve; beyond that all are forgotten. */
    private static final int MAX_SECRETS = 10_000;

    private final Secrets store;
    private final Clock clock;
    private final Map<Name, Kept> kept = new ConcurrentHashMap<>();

    public CachedSecrets(Secrets store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Name(String account, String name) {}

    private record Kept(Secret secret, Instant until) {}

    @Override
    public Secret byName(String account, String name) {
        var key = new Name(account, name);
        Kept last = kept.get(key);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until())) {
            return last.secret();
        }
        try {
            Secret secret = store.byName(account, name);
            keep(key, new Kept(secret, now.plus(FRESH)));
            return secret;
        } catch (UnreachableException e) {
            if (last == null) {
                throw e;
            }
            keep(key, new Kept(last.secret(), now.plus(AGAIN)));
            return last.secret();
        } catch (IllegalArgumentException e) {
            kept.remove(key);
            throw e;
        }
    }

    private void keep(Name key, Kept secret) {
        if (kept.size() >= MAX_SECRETS) {
            kept.clear();
        }
        kept.put(key, secret);
    }
}
