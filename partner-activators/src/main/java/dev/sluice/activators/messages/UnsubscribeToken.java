package dev.sluice.activators.messages;

import dev.sluice.activators.Secrets;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a link for unsubscribing holds: which address, by its hash, wants nothing more of which topic. Whoever has a message
 * can use it; nobody else can make one. It never ends, since an old message must let its reader unsubscribe. Immutable.
 *
 * <p>The text is the JSON and its HMAC-SHA256 under the account's secret {@value #SECRET}, each as base64url, with a dot
 * between.
 *
 * @param key of the address, as {@link AddressKey} makes it
 * @param campaign whose message held the link
 */
public record UnsubscribeToken(String account, String key, String topic, String campaign) {
    /** The secret's name in every account. */
    public static final String SECRET = "unsubscribe";

    private static final int LONGEST = 2_000;
    private static final int SHORTEST_SECRET = 32;
    private static final int VERSION = 1;

    /** As it stands in a link. @throws IllegalArgumentException if the secret has less than 32 characters */
    public String write(Secrets.Secret secret) {
        byte[] json = JsonText.writeObject(token -> {
            token.writeNumberProperty("v", VERSION);
            token.writeStringProperty("account", account);
            token.writeStringProperty("key", key);
            token.writeStringProperty("topic", topic);
            token.writeStringProperty("campaign", campaign);
        });
        return encode(json) + "." + encode(mac(json, secret));
    }

    /**
     * Reads one.
     *
     * @param secrets of the account that the token names
     * @return empty if nobody with the secret made it
     */
    public static Optional<UnsubscribeToken> read(String text, Secrets secrets) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.substring(0, dot));
            byte[] mac = Base64.getUrlDecoder().decode(text.substring(dot + 1));
            Value.Fields fields = JsonText.readObject(json).ofVersion(VERSION);
            // The model's own check of an account's form, before it names a secret.
            String account = new PersonKey(fields.text("account"), "x").account();
            if (!MessageDigest.isEqual(mac, mac(json, secrets.byName(account, SECRET)))) {
                return Optional.empty();
            }
            return Optional.of(
                    new UnsubscribeToken(account, fields.text("key"), fields.text("topic"), fields.text("campaign")));
        } catch (MalformedException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mac(byte[] json, Secrets.Secret secret) {
        if (secret.reveal().length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the secret " + SECRET + " is too short");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(json);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
