package dev.sluice.activators.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** SHA-256 as partners want it: of the normalised value's UTF-8, in lower-case hexadecimal, without salt. Stateless. */
public final class Hash {
    private static final Pattern HASHED = Pattern.compile("[0-9a-fA-F]{64}");

    private Hash() {}

    /**
     * The hash of a value. 64 hexadecimal digits are taken for a value that was hashed before and are not hashed again: no
     * address, number or name has that form.
     *
     * @param normal the value's normal form; empty if it is none
     */
    public static Optional<String> of(String value, Function<String, Optional<String>> normal) {
        String bare = value.strip();
        return HASHED.matcher(bare).matches()
                ? Optional.of(bare.toLowerCase(Locale.ROOT))
                : normal.apply(value).map(Hash::sha256);
    }

    /** The hash of a value that is in its normal form. */
    public static String sha256(String normal) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(normal.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
