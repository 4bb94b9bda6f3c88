package dev.sluice.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret that whoever publishes must know. Only its SHA-256 is kept. Immutable. */
public final class BearerToken {
    private static final int MAX_LENGTH = 512;
    /** The characters that RFC 6750 allows; from 16 on, guessing is hopeless. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{16," + MAX_LENGTH + "}=*");

    private static final Pattern HEADER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]{1,600})");

    private final byte[] digest;

    private BearerToken(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Reads it from a file; white space around it does not count.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no token of 16 to 512 characters; the
     *     message has no part of it
     */
    public static BearerToken read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String token = new String(in.readNBytes(2 * MAX_LENGTH), StandardCharsets.UTF_8).strip();
            if (!FORM.matcher(token).matches()) {
                throw new IllegalArgumentException("the token file must hold one token of 16 to " + MAX_LENGTH
                        + " letters, digits and -._~+/ and nothing else");
            }
            return new BearerToken(digest(token));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the token file cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Whether an Authorization header carries it; takes the same time for every wrong one. */
    public boolean isIn(Optional<String> authorization) {
        var header = HEADER.matcher(authorization.orElse(""));
        return header.matches() && MessageDigest.isEqual(digest, digest(header.group(1)));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
