package dev.sluice.activators.tradedesk;

import dev.sluice.activators.Secrets.Secret;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What The Trade Desk gave us: a token of the Data API, or the advertiser's secret key, under which bodies are signed.
 * Exactly one of them.
 */
record TradeDeskSecret(Optional<String> token, Optional<String> secretKey) {
    /** @throws MalformedException if it has another form; the message holds nothing of it */
    static TradeDeskSecret parse(Secret secret) {
        Value.Fields fields = JsonText.readObject(secret.reveal().getBytes(StandardCharsets.UTF_8));
        var parsed = new TradeDeskSecret(fields.findText("token"), fields.findText("secretKey"));
        if (parsed.token.isPresent() == parsed.secretKey.isPresent()) {
            throw new MalformedException("it must hold either token or secretKey");
        }
        return parsed;
    }

    /** The header that shows who we are. */
    Map<String, String> header(byte[] body) {
        return token.isPresent() ? Map.of("TTD-Auth", token.get()) : Map.of("TtdSignature", signature(body));
    }

    /** HMAC-SHA1 of the body under the secret key, in Base64. */
    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.orElseThrow().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedException("secretKey cannot be used as a key");
        }
    }

    /** Hides both. */
    @Override
    public String toString() {
        return "TradeDeskSecret[hidden]";
    }
}
