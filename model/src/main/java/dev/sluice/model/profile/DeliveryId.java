package dev.sluice.model.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id by which a partner recognises one delivery however often it is made: a hash of the partner, the person, the
 * segment and the profile's version at which that membership changed. Nothing in it depends on the attempt. Stateless.
 */
public final class DeliveryId {
    private DeliveryId() {}

    /** {@code msg_} and 32 hexadecimal digits: the first 128 bits of SHA-256 over the parts, separated by NUL. */
    public static String of(String partner, SegmentChange change) {
        String parts = String.join(
                "\0",
                partner,
                change.key().account(),
                change.key().person(),
                change.segment(),
                Long.toString(change.version()));
        return "msg_" + HexFormat.of().formatHex(sha256(parts.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
