package dev.sluice.local.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of Standard Webhooks, version v1 (HMAC-SHA256). Immutable, thread-safe. */
final class WebhookSignature {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SPACE = Pattern.compile(" ");

    private final SecretKeySpec key;

    /** Takes {@code whsec_} and the key in base64. */
    WebhookSignature(String secret) {
        if (!secret.startsWith("whsec_")) {
            throw new IllegalArgumentException("a webhook secret starts with whsec_");
        }
        key = new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256");
    }

    /** What is wrong with a request, empty if nothing; {@code signatures} may hold several, parted by spaces. */
    Optional<String> fault(
            @Nullable String id, @Nullable String timestamp, @Nullable String signatures, SignedBody signed) {
        if (id == null || timestamp == null || signatures == null) {
            return Optional.of("a webhook header is missing");
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            return Optional.of("webhook-timestamp is not a number of seconds");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), signed.now());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            return Optional.of("webhook-timestamp is more than five minutes off");
        }
        byte[] expected = sign(id, timestamp, signed.body());
        return SPACE.splitAsStream(signatures).anyMatch(signature -> matches(expected, signature))
                ? Optional.empty()
                : Optional.of("no signature matches");
    }

    private static boolean matches(byte[] expected, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(expected)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(wanted, given);
    }

    private byte[] sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    /** The bytes that were signed and the time at which they are checked. */
    record SignedBody(byte[] body, Instant now) {}
}
