package dev.sluice.model.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How a bundle names a key that lets somebody in: by its SHA-256. Bundles are kept in git and shown to whoever may read the
 * console, so the key itself is in none. Stateless.
 */
public final class KeyHash {
    private KeyHash() {}

    /** The hash of a key's UTF-8: 64 lower-case hexadecimal digits. */
    public static String of(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
