package dev.sluice.activators.webpush;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a browser takes messages, as its {@code PushSubscription} says. Whoever uses the browser can write anything here:
 * where it leads is judged before anything is sent. It does not show itself. Immutable.
 *
 * @param key the browser's public key, an uncompressed point of P-256
 * @param auth the browser's secret of 16 bytes
 */
record Subscription(URI endpoint, byte[] key, byte[] auth) {
    private static final int KEY_BYTES = 65;
    private static final int AUTH_BYTES = 16;

    /** @throws MalformedException if the text is not a subscription; the message has no part of it */
    static Subscription read(String text) {
        Value.Fields json = JsonText.readObject(text.getBytes(StandardCharsets.UTF_8));
        Value.Fields keys = json.inner("keys");
        byte[] key = bytes("keys.p256dh", keys.text("p256dh"));
        byte[] auth = bytes("keys.auth", keys.text("auth"));
        if (key.length != KEY_BYTES || key[0] != 4 || auth.length != AUTH_BYTES) {
            throw new MalformedException("the keys of a subscription are of another length");
        }
        return new Subscription(uri(json.text("endpoint")), key, auth);
    }

    private static URI uri(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text.
        }
        throw new MalformedException("endpoint must be an address");
    }

    private static byte[] bytes(String name, String text) {
        try {
            return Base64.getUrlDecoder().decode(text.replace("=", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(name + " must be base64url", e);
        }
    }

    @Override
    public String toString() {
        return "Subscription[hidden]";
    }
}
