package dev.sluice.rules;

/**
 * A key that a bundle names.
 *
 * @param path where in the bundle, such as {@code sources[0].keys[1].sha256}
 * @param holder who uses it: {@code source ios-app}
 * @param sha256 of the key, 64 lower-case hexadecimal digits
 */
public record NamedKey(String path, String holder, String sha256) {
    /** What is said of it if it is another account's, whose name is nobody's business. */
    Problem taken() {
        return new Problem(
                path, holder + ": key " + sha256.substring(0, 12) + "… belongs to another account; take a new one");
    }
}
