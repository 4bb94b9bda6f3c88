package dev.sluice.tracker.web;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param contentType empty if there is no body
 * @param body nobody may change it
 * @param headers besides those of the listener: Content-Type, Content-Length, Connection, Access-Control-Allow-Origin
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    public Reply {
        headers = Map.copyOf(headers);
        if (headers.values().stream().anyMatch(value -> value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0)) {
            throw new IllegalArgumentException("a header's value has a line break");
        }
    }

    /** JSON, already written. */
    public static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body, Map.of());
    }

    /** Text of a type that names its charset, UTF-8. */
    public static Reply text(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** No body. */
    public static Reply empty(int status) {
        return new Reply(status, "", new byte[0], Map.of());
    }

    /** Why not, in the form of all refusals of the tracker. */
    public static Reply problem(int status, Problem problem) {
        return json(status, JsonText.writeObject(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("code", problem.code());
            json.writeStringProperty("message", problem.message());
            json.writeArrayPropertyStart("rejected");
            json.writeEndArray();
        }));
    }

    /** Figures or flags under their names. */
    public static Reply figures(int status, Map<String, Long> figures) {
        return json(status, JsonText.writeObject(json -> figures.forEach(json::writeNumberProperty)));
    }

    /** The same with one header more. */
    public Reply with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }

    /** The same, and when to come back: whole seconds, at least one. */
    public Reply retryAfter(Duration wait) {
        // A page may read only the headers that are named.
        return with("Access-Control-Expose-Headers", "Retry-After")
                .with(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** For a handler that need not wait. */
    public CompletionStage<Reply> now() {
        return CompletableFuture.completedFuture(this);
    }
}
