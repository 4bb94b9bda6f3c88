package dev.sluice.activators.meta;

import dev.sluice.activators.Secrets.Secret;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Meta gave us.
 *
 * @param accessToken of a system user with {@code ads_management}
 * @param appSecret by which we prove that the token is ours; empty if the app does not ask for it
 */
record MetaSecret(String accessToken, Optional<String> appSecret) {
    /** @throws MalformedException if it has another form; the message holds nothing of it */
    static MetaSecret parse(Secret secret) {
        Value.Fields fields = JsonText.readObject(secret.reveal().getBytes(StandardCharsets.UTF_8));
        return new MetaSecret(fields.text("accessToken"), fields.findText("appSecret"));
    }

    /** The {@code appsecret_proof}: HMAC-SHA256 of the token under the app's secret, in hexadecimal. */
    Optional<String> proof() {
        return appSecret.map(key -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(accessToken.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new MalformedException("appSecret cannot be used as a key");
            }
        });
    }

    /** Hides both. */
    @Override
    public String toString() {
        return "MetaSecret[hidden]";
    }
}
