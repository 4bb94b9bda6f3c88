package dev.sluice.model.profile;

import dev.sluice.model.PersonKey;
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
        return of(partner, change.key(), change.segment(), change.version(), 0);
    }

    /**
     * As the other, for one of several deliveries that the same version of a profile led to: a changed address makes a
     * partner drop the old one and take the new one, though the membership stays.
     *
     * @param turn 0 for the first, whose id is the same as that of the other; 1 for the next, and so on
     */
    public static String of(String partner, PersonKey key, String segment, long version, int turn) {
        String cause = turn == 0 ? Long.toString(version) : version + "." + turn;
        String parts = String.join("\0", partner, key.account(), key.person(), segment, cause);
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
