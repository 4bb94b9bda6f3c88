package dev.sluice.model;

import java.time.Instant;
import java.util.Base64;

/**
 * Input that is not a valid event: the bytes as they came, why they were refused, when and where. Kept so that it can
 * be corrected and replayed. The bytes are not copied; nobody may change them.
 *
 * @param account whose write key it came with, empty if it could not be told
 * @param code stable reason, lower-case words joined by underscores
 * @param message the reason for people
 * @param receivedAt when it came
 * @param node where: the address of the tracker's node, or the function's name
 * @param type as what it came, by the path of the request: a message type, which the original then need not say; empty
 *     if the original says it or is no event
 * @param sentAt of the batch that it was in, as it came; empty if it was in none, or that did not say. With it a replay
 *     gives an event the time that it would have had
 * @param context of that batch as JSON; empty as {@code sentAt} is
 * @param bytes the original
 */
public record RejectedEvent(
        String account,
        String code,
        String message,
        Instant receivedAt,
        String node,
        String type,
        String sentAt,
        String context,
        byte[] bytes) {
    /** One that was in no batch. */
    public RejectedEvent(
            String account, String code, String message, Instant receivedAt, String node, String type, byte[] bytes) {
        this(account, code, message, receivedAt, node, type, "", "", bytes);
    }

    /** One whose original says itself what it is. */
    public RejectedEvent(String account, String code, String message, Instant receivedAt, String node, byte[] bytes) {
        this(account, code, message, receivedAt, node, "", bytes);
    }

    /** One JSON line, version 1. Golden file: {@code golden/v1/rejected-event.json}. */
    public byte[] toJson() {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("account", account);
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeStringProperty("receivedAt", receivedAt.toString());
            json.writeStringProperty("node", node);
            if (!type.isEmpty()) {
                json.writeStringProperty("type", type);
            }
            if (!sentAt.isEmpty()) {
                json.writeStringProperty("sentAt", sentAt);
            }
            if (!context.isEmpty()) {
                json.writeStringProperty("context", context);
            }
            json.writeStringProperty("bytes", Base64.getEncoder().encodeToString(bytes));
        });
    }

    /** @throws MalformedException if the line is not what {@link #toJson()} writes */
    public static RejectedEvent fromJson(byte[] line) {
        Value.Fields json = JsonText.readObject(line).ofVersion(1);
        try {
            return new RejectedEvent(
                    json.text("account"),
                    json.text("code"),
                    json.text("message"),
                    JsonText.instant("receivedAt", json.text("receivedAt")),
                    json.text("node"),
                    json.findText("type").orElse(""),
                    json.findText("sentAt").orElse(""),
                    json.findText("context").orElse(""),
                    Base64.getDecoder().decode(json.text("bytes")));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("bytes must be base64", e);
        }
    }
}
