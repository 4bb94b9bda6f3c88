package dev.sluice.model.activation;

import dev.sluice.model.bundle.KeyHash;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask which segments a person is in: a server's key, by its hash. Immutable.
 *
 * @param name for people
 * @param sha256 of the key's UTF-8, 64 lower-case hexadecimal digits
 * @param active false once it is revoked
 * @param segments that its answers may name; empty: all
 */
public record ReadKey(String name, String sha256, boolean active, Optional<Set<String>> segments) {
    public ReadKey {
        segments = segments.map(Set::copyOf);
    }

    /** The hash of a key. */
    public static String hash(String readKey) {
        return KeyHash.of(readKey);
    }
}
