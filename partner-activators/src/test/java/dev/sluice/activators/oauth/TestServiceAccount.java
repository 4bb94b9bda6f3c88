package dev.sluice.activators.oauth;

import dev.sluice.activators.Secrets.Secret;
import dev.sluice.model.JsonText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** A service account with a key that was made for the test. */
public final class TestServiceAccount {
    private final KeyPair keys;
    private final String email;

    public TestServiceAccount(String email) {
        this.email = email;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String email() {
        return email;
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    /** The file that would be given out for it. */
    public Secret file(URI tokenAddress) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return new Secret(new String(
                JsonText.writeObject(json -> {
                    json.writeStringProperty("type", "service_account");
                    json.writeStringProperty("project_id", "demo");
                    json.writeStringProperty("private_key_id", "key-1");
                    json.writeStringProperty("private_key", pem);
                    json.writeStringProperty("client_email", email);
                    json.writeStringProperty("token_uri", tokenAddress.toString());
                }),
                StandardCharsets.UTF_8));
    }
}
