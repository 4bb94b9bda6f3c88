package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256, in lower-case hexadecimal, of a rule set's canonical content: segments and share as the bundle spells them,
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

    /** {@code {"segments":[…]}}, and {@code share} if something is, without white space, in UTF-8: what somebody would send to publish the same. */
    public static byte[] canonical(RuleSet rules) {
        Value.Fields bundle = JsonText.readObject(RuleSetJson.write(rules));
        return JsonText.writeObject(json -> List.of("segments", "share")
                .forEach(name -> bundle.find(name).ifPresent(value -> {
                    json.writeName(name);
                    JsonText.write(json, value);
                })));
    }
}
