package dev.sluice.activators.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the partner shares with us, by which it knows a request to be ours (Standard Webhooks, symmetric).
 * It never shows itself in text. Thread-safe.
 */
final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    /** The specification's bounds of the key. */
    private static final int MIN_BYTES = 24;

    private static final int MAX_BYTES = 64;
    private static final int MAX_FILE_BYTES = 1024;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** @throws IllegalArgumentException if it is not {@code whsec_} and the base64 of 24 to 64 bytes */
    static WebhookSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the webhook secret must begin with " + PREFIX);
        }
        byte[] key = decode(text.substring(PREFIX.length()));
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the webhook secret must have %d to %d bytes".formatted(MIN_BYTES, MAX_BYTES));
        }
        return new WebhookSecret(key);
    }

    /** Reads the secret from a file that holds nothing else. */
    static WebhookSecret read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file that SLUICE_WEBHOOK_SECRET_FILE names", e);
        }
    }

    /** The value of {@code webhook-signature}: {@code v1,} and the base64 of HMAC-SHA256 over {@code id.seconds.body}. */
    String sign(String id, long epochSecond, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[hidden]";
    }

    /** Without the decoder's own exception: its message quotes the text. */
    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the webhook secret is not base64 after " + PREFIX);
        }
    }
}
