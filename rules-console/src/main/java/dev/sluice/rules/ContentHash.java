package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256, in lower-case hexadecimal, of a rule set's canonical content: the segments as the bundle spells them,
 * without the account and the number. Two rule sets with the same hash mean the same. Stateless.
 */
public final class ContentHash {
    private ContentHash() {}

    /** Of {@code {"segments":[…]}}, as {@link #canonical} writes it. */
    public static String of(RuleSet rules) {
        return of(canonical(rules));
    }

    /** Of a bundle's canonical content, whatever its kind. */
    static String of(byte[] canonical) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@code {"segments":[…]}} without white space, in UTF-8: what somebody would send to publish the same. */
    public static byte[] canonical(RuleSet rules) {
        var segments =
                new Value.Many(JsonText.readObject(RuleSetJson.write(rules)).list("segments"));
        return JsonText.writeObject(json -> {
            json.writeName("segments");
            JsonText.write(json, segments);
        });
    }
}
