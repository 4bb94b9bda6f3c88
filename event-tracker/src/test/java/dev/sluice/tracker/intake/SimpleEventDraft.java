package dev.sluice.tracker.intake;

import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.tracker.EventPolicy;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One event while it is read: the fields that decide who and when are held, all others are copied at once, token by
 * token, into {@code rest}. The stored form is our head spliced before the rest, so nothing is copied twice. Used by
 * one thread.
 */
final class SimpleEventDraft {
    private final SimpleJson json;
    private final SimpleEventReader.Request request;
    private final Map<String, String> held = new HashMap<>();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(512);
    private final Map<String, Slice> objects = new HashMap<>(2);
    private boolean nameIsText = true;
    private String name = "";
    private boolean contextWritten;

    SimpleEventDraft(SimpleJson json, SimpleEventReader.Request request) {
        this.json = json;
        this.request = request;
    }

    /** A held field, unless it is missing, null or empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(held.get(name));
    }

    /** Whether {@code name} can be the name of a page or a screen. */
    boolean nameIsText() {
        return nameIsText;
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> SimpleClientTime.read(name, text));
    }

    void read(Slice slice) {
        try (JsonParser parser = json.innerParser(slice);
                JsonGenerator out = json.generator(rest)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedInput("not_an_object", "an event must be a JSON object");
            }
            out.writeStartObject();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                SimpleJson.wholeText(name);
                parser.nextToken();
                field(name, parser, out);
            }
            if (!contextWritten && !request.context().fields().isEmpty()) {
                out.writeName("context");
                out.writeStartObject();
                writeCommonContext(Set.of(), out);
                out.writeEndObject();
            }
            out.writeEndObject();
        }
    }

    private void field(String name, JsonParser parser, JsonGenerator out) {
        switch (name) {
            // Ours to say; what the client says of them is dropped.
            case "v", "account", "slot", "node", "receivedAt", "writeKey", "traceparent" -> parser.skipChildren();
            case "type", "messageId", "event", "userId", "anonymousId", "timestamp", "originalTimestamp", "sentAt" ->
                hold(name, parser);
            case "properties", "traits" -> copyObject(name, parser, out);
            case "context" -> copyContext(parser, out);
            default -> {
                if (name.equals("name")) {
                    nameIsText = isTextOrNull(parser);
                    this.name = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
                }
                out.writeName(name);
                json.copyValue(parser, out);
            }
        }
    }

    private static boolean isTextOrNull(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_STRING || parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void hold(String name, JsonParser parser) {
        if (!isTextOrNull(parser)) {
            throw new RefusedInput(Problem.badField(name, "a string"));
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = SimpleJson.wholeText(parser.getString());
            if (!text.isEmpty()) {
                held.put(name, text);
            }
        }
    }

    private void copyObject(String name, JsonParser parser, JsonGenerator out) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new RefusedInput(Problem.badField(name, "an object"));
        }
        out.writeName(name);
        if (request.source().policy().allowsAll()) {
            json.copyValue(parser, out);
            return;
        }
        out.flush();
        // The colon comes with the value.
        int start = rest.size() + 1;
        json.copyValue(parser, out);
        out.flush();
        objects.put(name, new Slice(rest.toByteArray(), start, rest.size()));
    }

    /**
     * Asks the source's policy, and puts its object in the place of the client's.
     *
     * @throws RefusedInput if the policy refuses the event
     */
    void applyPolicy(EventType type) {
        EventPolicy policy = request.source().policy();
        if (policy.allowsAll()) {
            return;
        }
        Optional<Slice> object = objectOf(type).map(objects::get);
        switch (policy.judge(type, eventName(type), object.orElse(Slice.EMPTY_OBJECT))) {
            case EventPolicy.Ruling.Keep keep -> {}
            case EventPolicy.Ruling.Refuse(Problem problem) -> throw new RefusedInput(problem);
            case EventPolicy.Ruling.Replace(byte[] replacement) ->
                object.ifPresent(slice -> replace(slice, replacement));
        }
    }

    private static Optional<String> objectOf(EventType type) {
        return switch (type) {
            case TRACK, PAGE, SCREEN -> Optional.of("properties");
            case IDENTIFY, GROUP -> Optional.of("traits");
            case ALIAS, USER_PROFILE, STATISTICS -> Optional.empty();
        };
    }

    private String eventName(EventType type) {
        return switch (type) {
            case TRACK -> text("event").orElse("");
            case PAGE, SCREEN -> name;
            case IDENTIFY, GROUP, ALIAS, USER_PROFILE, STATISTICS -> "";
        };
    }

    private void replace(Slice slice, byte[] replacement) {
        byte[] whole = rest.toByteArray();
        rest.reset();
        rest.write(whole, 0, slice.start());
        rest.writeBytes(replacement);
        rest.write(whole, slice.end(), whole.length - slice.end());
    }

    private void copyContext(JsonParser parser, JsonGenerator out) {
        if (request.context().fields().isEmpty() || parser.currentToken() != JsonToken.START_OBJECT) {
            copyObject("context", parser, out);
            return;
        }
        contextWritten = true;
        Set<String> own = new HashSet<>();
        out.writeName("context");
        out.writeStartObject();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            SimpleJson.wholeText(name);
            parser.nextToken();
            own.add(name);
            out.writeName(name);
            json.copyValue(parser, out);
        }
        writeCommonContext(own, out);
        out.writeEndObject();
    }

    private void writeCommonContext(Set<String> except, JsonGenerator out) {
        request.context().fields().forEach((name, value) -> {
            if (!except.contains(name)) {
                out.writeName(name);
                out.writeRawValue(value);
            }
        });
    }

    /** As the context says it, the batch's merged into it. */
    Optional<String> library() {
        Value.Fields whole = JsonText.readObject(rest.toByteArray());
        return whole.find("context").orElse(Value.NOTHING) instanceof Value.Fields context
                        && context.find("library").orElse(Value.NOTHING) instanceof Value.Fields library
                        && library.find("name").orElse(Value.NOTHING) instanceof Value.Text name
                ? Optional.of(name.text())
                : Optional.empty();
    }

    /** The stored form: our head, then the rest of what the client sent. */
    byte[] write(SimpleEventReader.Head head) {
        var line = new ByteArrayOutputStream(rest.size() + 512);
        try (JsonGenerator out = json.generator(line)) {
            out.writeStartObject();
            out.writeNumberProperty("v", EventJson.VERSION);
            out.writeStringProperty("account", head.person().account());
            out.writeNumberProperty("slot", head.slot());
            out.writeStringProperty("type", head.type().word());
            out.writeStringProperty("messageId", head.messageId());
            writeHeld("event", out);
            writeHeld("userId", out);
            writeHeld("anonymousId", out);
            out.writeStringProperty("timestamp", head.timestamp().toString());
            out.writeStringProperty("originalTimestamp", head.original().toString());
            head.sentAt().ifPresent(sentAt -> out.writeStringProperty("sentAt", sentAt.toString()));
            out.writeStringProperty("receivedAt", request.receivedAt().toString());
            out.writeStringProperty("node", head.node());
            out.writeStringProperty("traceparent", request.traceparent());
            out.writeEndObject();
        }
        return spliced(line.toByteArray(), rest.toByteArray());
    }

    /** {@code {a}} and {@code {b}} to {@code {a,b}}. */
    private static byte[] spliced(byte[] head, byte[] rest) {
        if (rest.length == "{}".length()) {
            return head;
        }
        byte[] both = Arrays.copyOf(head, head.length + rest.length - 1);
        both[head.length - 1] = ',';
        System.arraycopy(rest, 1, both, head.length, rest.length - 1);
        return both;
    }

    private void writeHeld(String name, JsonGenerator out) {
        text(name).ifPresent(text -> out.writeStringProperty(name, text));
    }
}
