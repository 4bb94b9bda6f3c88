package dev.sluice.activators.webhook;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a connection says of its webhook. Immutable.
 *
 * @param url that receives the POSTs
 * @param signature how they are signed
 * @param batch deliveries of one POST; empty: one, as an object and not as an array
 * @param include names of the shared traits that are sent along
 * @param callsPerSecond POSTs
 */
record WebhookSettings(
        URI url, WebhookSignature.Kind signature, Optional<Integer> batch, Set<String> include, double callsPerSecond) {
    static final int MAX_BATCH = 100;
    static final double MAX_CALLS_PER_SECOND = 1_000;

    /** Unless the settings say otherwise: what a small server stands. */
    static final double CALLS_PER_SECOND = 100;

    private static final int MAX_URL = 2_048;
    private static final int MAX_INCLUDE = 20;
    private static final Set<String> KEYS = Set.of("url", "signature", "batch", "include", "callsPerSecond");

    WebhookSettings {
        include = Collections.unmodifiableSet(new TreeSet<>(include));
    }

    /** @throws IllegalArgumentException with what is wrong, in words for the person who wrote it */
    static WebhookSettings read(Value.Fields settings) {
        for (String key : settings.fields().keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "settings of a webhook are " + String.join(", ", new TreeSet<>(KEYS)) + "; there is another");
            }
        }
        return new WebhookSettings(
                url(settings), signature(settings), batch(settings), include(settings), callsPerSecond(settings));
    }

    /** An address may carry a token in its path or query, so no message repeats it. */
    private static URI url(Value.Fields settings) {
        if (!(settings.find("url").orElse(Value.NOTHING) instanceof Value.Text(String url))) {
            throw new IllegalArgumentException("url is missing");
        }
        if (url.length() > MAX_URL) {
            throw new IllegalArgumentException("url must have at most " + MAX_URL + " characters");
        }
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url is not an address");
        }
    }

    private static WebhookSignature.Kind signature(Value.Fields settings) {
        Value value = settings.find("signature").orElse(Value.of("hmac"));
        if (value.equals(Value.of("hmac"))) {
            return WebhookSignature.Kind.HMAC;
        }
        if (value.equals(Value.of("ed25519"))) {
            return WebhookSignature.Kind.ED25519;
        }
        throw new IllegalArgumentException("signature must be hmac or ed25519");
    }

    private static Optional<Integer> batch(Value.Fields settings) {
        Optional<Value> value = settings.find("batch");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        for (int batch = 1; batch <= MAX_BATCH; batch++) {
            if (value.get().equals(Value.of(batch))) {
                return Optional.of(batch);
            }
        }
        throw new IllegalArgumentException("batch must be a whole number from 1 to " + MAX_BATCH);
    }

    private static Set<String> include(Value.Fields settings) {
        List<String> names = new ArrayList<>();
        Value value = settings.find("include").orElse(new Value.Many(List.of()));
        if (value instanceof Value.Many(List<Value> values) && values.size() <= MAX_INCLUDE) {
            for (Value name : values) {
                if (name instanceof Value.Text(String text) && !text.isBlank()) {
                    names.add(text);
                }
            }
            if (names.size() == values.size()) {
                return Set.copyOf(new TreeSet<>(names));
            }
        }
        throw new IllegalArgumentException("include must be a list of at most " + MAX_INCLUDE + " names of traits");
    }

    private static double callsPerSecond(Value.Fields settings) {
        Value value = settings.find("callsPerSecond").orElse(new Value.Decimal(BigDecimal.valueOf(CALLS_PER_SECOND)));
        double rate = value instanceof Value.Decimal(BigDecimal number) ? number.doubleValue() : 0;
        if (rate < 0.1 || rate > MAX_CALLS_PER_SECOND) {
            throw new IllegalArgumentException("callsPerSecond must be a number from 0.1 to 1000");
        }
        return rate;
    }
}
