package dev.sluice.activators.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a webhook's owner knows that a request is ours and of now: signatures as Standard Webhooks 1.0.0 says, one for each
 * of our secrets, so that a secret can be changed while both are valid. It never shows itself in text. Thread-safe.
 */
final class WebhookSignature {
    /** Secrets of one webhook; more than two are hardly ever valid at one time. */
    static final int MAX_SECRETS = 5;

    private static final String HMAC = "HmacSHA256";

    private final List<Signer> signers;

    private WebhookSignature(List<Signer> signers) {
        this.signers = signers;
    }

    /** How it is signed. */
    enum Kind {
        /** HMAC-SHA256 with a secret that both sides know. */
        HMAC("whsec_"),
        /** Ed25519: the webhook's owner knows only the public key. */
        ED25519("whsk_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** What makes one signature. */
    @FunctionalInterface
    private interface Signer {
        String sign(byte[] content) throws GeneralSecurityException;
    }

    /**
     * Reads secrets, parted by white space.
     *
     * @throws IllegalArgumentException saying what is wrong, and nothing of the secrets
     */
    static WebhookSignature parse(Kind kind, String secrets) {
        List<Signer> signers = new ArrayList<>();
        for (String secret : secrets.strip().split("\\s+", MAX_SECRETS + 1)) {
            if (!secret.startsWith(kind.prefix)) {
                throw new IllegalArgumentException("the webhook secret must begin with " + kind.prefix);
            }
            byte[] key = decode(secret.substring(kind.prefix.length()), kind.prefix);
            signers.add(
                    switch (kind) {
                        case HMAC -> hmac(key);
                        case ED25519 -> ed25519(key);
                    });
        }
        if (signers.size() > MAX_SECRETS) {
            throw new IllegalArgumentException("the webhook must have at most " + MAX_SECRETS + " secrets");
        }
        return new WebhookSignature(List.copyOf(signers));
    }

    /** The value of {@code webhook-signature}: over {@code id.seconds.body}, one for each secret, parted by spaces. */
    String sign(String id, long epochSecond, byte[] body) {
        byte[] head = (id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        try {
            List<String> signatures = new ArrayList<>();
            for (Signer signer : signers) {
                signatures.add(signer.sign(content));
            }
            return String.join(" ", signatures);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256 and Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature[hidden]";
    }

    private static Signer hmac(byte[] key) {
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("the webhook secret must have 24 to 64 bytes");
        }
        var secret = new SecretKeySpec(key, HMAC);
        return content -> {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        };
    }

    /** The seed, with or without the public key behind it. */
    private static Signer ed25519(byte[] key) {
        if (key.length != 32 && key.length != 64) {
            throw new IllegalArgumentException(
                    "the webhook's Ed25519 key must have 32 bytes, or 64 with the public key");
        }
        PrivateKey secret = privateKey(Arrays.copyOf(key, 32));
        return content -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(content);
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        };
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /** Without the decoder's own exception: its message quotes the text. */
    private static byte[] decode(String base64, String prefix) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the webhook secret is not base64 after " + prefix);
        }
    }
}
