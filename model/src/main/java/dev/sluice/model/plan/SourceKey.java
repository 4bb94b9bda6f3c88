package dev.sluice.model.plan;

import dev.sluice.model.bundle.KeyHash;

/**
 * A write key by its hash. Plans are kept in git and shown to whoever may read the console, so the key itself is in none.
 *
 * @param sha256 of the key's UTF-8, 64 lower-case hexadecimal digits
 * @param active false once it is revoked: whoever sends with it is refused
 */
public record SourceKey(String sha256, boolean active) {
    /** The hash of a key. */
    public static String hash(String writeKey) {
        return KeyHash.of(writeKey);
    }
}
