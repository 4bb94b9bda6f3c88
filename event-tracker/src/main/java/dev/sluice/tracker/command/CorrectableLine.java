package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import dev.sluice.tracker.ClockCorrection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line of an export: what was refused, in a form that people can correct, and what must not change. The original is in
 * {@code body} as JSON if it is JSON, as a string if it is text, and else in {@code base64}.
 *
 * @param id names the rejected input
 * @param account whose write key it came with; empty if unknown
 * @param code why it was refused
 * @param receivedAt when it came, which stays its time
 * @param fallbackId the message id of an event that has none; the same for every replay
 * @param body as it is, or was corrected
 */
record CorrectableLine(String id, String account, String code, Instant receivedAt, String fallbackId, Value body) {
    private static final String WRITE_KEY = "writeKey";
    /** Why a body that is no batch is refused, its own fields with it. */
    private static final Set<String> REFUSED_WHOLE = Set.of("missing_batch");
    /** As the tracker's by default, {@code sluice.tracker.clock}. */
    private static final ClockCorrection CLOCK = new ClockCorrection(Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** As JSON, in one line. */
    static byte[] of(RejectedInput.Found found) {
        RejectedEvent event = found.event();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("id", found.id());
            json.writeStringProperty("account", event.account());
            json.writeStringProperty("code", event.code());
            json.writeStringProperty("message", event.message());
            json.writeStringProperty("receivedAt", event.receivedAt().toString());
            json.writeStringProperty("fallbackId", fallbackId(event.bytes()));
            Optional<Value> body = body(event);
            if (body.isPresent()) {
                json.writeName("body");
                JsonText.write(json, body.get());
            } else {
                json.writeStringProperty("base64", Base64.getEncoder().encodeToString(event.bytes()));
            }
        });
    }

    /** The body for people, without a write key; empty if it is no text. */
    static Optional<Value> body(RejectedEvent event) {
        try {
            Value value = JsonText.read(event.bytes());
            if (value instanceof Value.Fields fields) {
                Value.Fields shown = withBatch(fields.with(WRITE_KEY, Value.NOTHING), event);
                boolean saysType = event.type().isEmpty() || shown.find("type").isPresent();
                return Optional.of(saysType ? shown : shown.with("type", Value.of(event.type())));
            }
            return Optional.of(value);
        } catch (MalformedException | ArithmeticException | NumberFormatException e) {
            return text(event.bytes()).map(Value::of);
        }
    }

    /** An event of a batch takes from it what the tracker would have taken, had it been good at once. */
    private static Value.Fields withBatch(Value.Fields fields, RejectedEvent event) {
        Value.Fields whole = fields;
        if (!event.context().isEmpty()) {
            whole = withContext(whole, JsonText.readObject(event.context().getBytes(StandardCharsets.UTF_8)));
        }
        return wasInBatch(fields, event)
                ? whole.with("sentAt", event.sentAt().isEmpty() ? Value.NOTHING : Value.of(event.sentAt()))
                : whole;
    }

    /** What came by itself came to a path that says its type; a body that was refused whole is no event of a batch. */
    private static boolean wasInBatch(Value.Fields fields, RejectedEvent event) {
        return event.type().isEmpty() && fields.find("batch").isEmpty() && !REFUSED_WHOLE.contains(event.code());
    }

    /** The event's own fields of the context, then those of its batch's that it does not have. */
    private static Value.Fields withContext(Value.Fields event, Value.Fields common) {
        if (!(event.find("context").orElse(Value.Fields.NONE) instanceof Value.Fields own)) {
            return event;
        }
        Map<String, Value> merged = new LinkedHashMap<>(own.fields());
        common.fields().forEach(merged::putIfAbsent);
        return merged.isEmpty() ? event : event.with("context", new Value.Fields(merged));
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String fallbackId(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "replayed-" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @throws MalformedException if the line is not of an export */
    static CorrectableLine read(byte[] line) {
        Value.Fields json = JsonText.readObject(line);
        return new CorrectableLine(
                json.text("id"),
                json.text("account"),
                json.text("code"),
                JsonText.instant("receivedAt", json.text("receivedAt")),
                json.text("fallbackId"),
                json.find("body").orElse(Value.NOTHING));
    }

    /**
     * The events to send: with the ids that they had, and with the times that they would have been given had they been
     * good at once. A batch's context is merged into that of each of its events, field by field.
     *
     * @throws MalformedException if the body is neither an event nor a batch of them, nor the text of one
     */
    List<Value.Fields> events() {
        Value value =
                body instanceof Value.Text text ? JsonText.read(text.text().getBytes(StandardCharsets.UTF_8)) : body;
        if (!(value instanceof Value.Fields fields)) {
            throw new MalformedException("body must be an object: an event or a batch");
        }
        if (fields.find("batch").isEmpty()) {
            return List.of(event(fields, fields.findText("sentAt"), fallbackId));
        }
        var events = new ArrayList<Value.Fields>();
        for (Value.Fields each : fields.innerList("batch")) {
            Value.Fields whole = withContext(each, fields.inner("context"));
            events.add(event(whole, fields.findText("sentAt"), fallbackId + "-" + events.size()));
        }
        return events;
    }

    /**
     * The tracker corrects a client's clock by {@code sentAt} and the time of receipt, of a batch by the batch's. So what it
     * would have corrected then is sent corrected and without {@code sentAt}. Without a time of its own it happened when it
     * was received.
     */
    private Value.Fields event(Value.Fields event, Optional<String> sentAt, String otherwiseId) {
        Value.Fields sent = event.with(WRITE_KEY, Value.NOTHING).with("sentAt", Value.NOTHING);
        if (sent.find("messageId").isEmpty()) {
            sent = sent.with("messageId", Value.of(otherwiseId));
        }
        Optional<Instant> stated = stated(event);
        if (stated.isEmpty()) {
            return sent.with("timestamp", Value.of(receivedAt.toString()));
        }
        Instant happened = CLOCK.correct(
                stated.get(), sentAt.map(text -> JsonText.instant("sentAt", text)), receivedAt, library(event));
        return sent.with("originalTimestamp", Value.NOTHING).with("timestamp", Value.of(happened.toString()));
    }

    private static Optional<String> library(Value.Fields event) {
        return event.find("context").orElse(Value.NOTHING) instanceof Value.Fields context
                        && context.find("library").orElse(Value.NOTHING) instanceof Value.Fields library
                        && library.find("name").orElse(Value.NOTHING) instanceof Value.Text name
                ? Optional.of(name.text())
                : Optional.empty();
    }

    private static Optional<Instant> stated(Value.Fields event) {
        Optional<Instant> original =
                event.findText("originalTimestamp").map(text -> JsonText.instant("originalTimestamp", text));
        return original.isPresent()
                ? original
                : event.findText("timestamp").map(text -> JsonText.instant("timestamp", text));
    }
}
