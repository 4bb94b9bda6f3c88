package dev.sluice.tracker;

import dev.sluice.model.PersonKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which account a write key belongs to. A write key is in every copy of an app, so it is a name and no secret; it still
 * is never logged. Immutable.
 */
public final class WriteKeys {
    private static final int MAX_LENGTH = 128;

    private final Map<String, String> accounts;

    private WriteKeys(Map<String, String> accounts) {
        this.accounts = Map.copyOf(accounts);
    }

    /**
     * Reads entries of the form {@code key=account}.
     *
     * @throws IllegalArgumentException if there is none, one is malformed, or a key occurs twice
     */
    public static WriteKeys of(List<String> entries) {
        var accounts = new LinkedHashMap<String, String>();
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            if (equals < 1 || equals > MAX_LENGTH) {
                throw new IllegalArgumentException("write-keys: entry " + (accounts.size() + 1)
                        + " must have the form key=account, the key of 1 to " + MAX_LENGTH + " characters");
            }
            // The model's own check of an account's form.
            String account = new PersonKey(entry.substring(equals + 1).trim(), "x").account();
            if (accounts.put(entry.substring(0, equals).trim(), account) != null) {
                throw new IllegalArgumentException("write-keys: a key of account " + account + " occurs twice");
            }
        }
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "write-keys is empty: name at least one key=account (SLUICE_WRITE_KEYS), or nobody can send");
        }
        return new WriteKeys(accounts);
    }

    /** The account of a key, if the key is known. */
    public Optional<String> account(String key) {
        return Optional.ofNullable(accounts.get(key));
    }
}
