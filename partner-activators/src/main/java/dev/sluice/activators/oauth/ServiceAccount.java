package dev.sluice.activators.oauth;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A service account, as Google gives it out: a JSON file with a private key.
 *
 * @param keyId names the key to its owner
 * @param tokenAddress where access tokens are given
 */
record ServiceAccount(String email, String keyId, PrivateKey key, URI tokenAddress) {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /** @throws MalformedException if the text is not such a file; the message holds nothing of it */
    static ServiceAccount parse(String json) {
        Value.Fields file = JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
        if (!file.findText("type").equals(Optional.of("service_account"))) {
            throw new MalformedException("type must be service_account");
        }
        return new ServiceAccount(
                file.text("client_email"),
                file.findText("private_key_id").orElse(""),
                key(file.text("private_key")),
                address(file.text("token_uri")));
    }

    private static PrivateKey key(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new MalformedException("private_key must be a PKCS #8 key in PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: it may quote the key.
            throw new MalformedException("private_key must be an RSA key");
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text.
        }
        throw new MalformedException("token_uri must be an address");
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "ServiceAccount[hidden]";
    }
}
