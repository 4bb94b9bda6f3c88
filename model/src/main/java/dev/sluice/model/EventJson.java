package dev.sluice.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stored form of an {@link Event}: one JSON line with Segment's names, version {@value #VERSION}. Written by the
 * tracker token by token from what the client sent; read here, tolerant of fields it does not know. Stateless.
 *
 * <p>Golden file: {@code golden/v1/event.json}.
 */
public final class EventJson {
    /** The version that the tracker writes and this code reads. */
    public static final int VERSION = 1;

    private static final int MAX_EXTERNAL_IDS = 10;

    private EventJson() {}

    /** @throws MalformedException if the line is not an event of version {@value #VERSION} */
    public static Event read(byte[] line) {
        Value.Fields json = JsonText.readObject(line).ofVersion(VERSION);
        EventType type = EventType.ofWord(json.text("type"))
                .orElseThrow(() -> new MalformedException("type must be a message type of the tracking API"));
        return new Event(
                person(json),
                json.text("messageId"),
                type,
                json.findText(type == EventType.TRACK ? "event" : "name"),
                JsonText.instant("timestamp", json.text("timestamp")),
                JsonText.instant("receivedAt", json.text("receivedAt")),
                json.findText("traceparent"),
                json.inner("properties"),
                json.inner("traits"),
                identifiers(json));
    }

    /** Tolerant: what is of another form than an id names nobody. */
    private static List<Identifier> identifiers(Value.Fields json) {
        List<Identifier> identifiers = new ArrayList<>();
        for (String kind : List.of(Identifier.USER, Identifier.ANONYMOUS, Identifier.PREVIOUS)) {
            add(identifiers, kind, json.find(kind));
        }
        if (json.find("context").orElse(Value.NOTHING) instanceof Value.Fields context) {
            if (context.find("device").orElse(Value.NOTHING) instanceof Value.Fields device) {
                add(identifiers, Identifier.DEVICE, device.find("id"));
            }
            if (context.find("externalIds").orElse(Value.NOTHING) instanceof Value.Many externalIds) {
                externalIds.values().stream().limit(MAX_EXTERNAL_IDS).forEach(each -> {
                    if (each instanceof Value.Fields external
                            && external.find("type").orElse(Value.NOTHING) instanceof Value.Text type) {
                        add(identifiers, type.text(), external.find("id"));
                    }
                });
            }
        }
        return identifiers;
    }

    private static void add(List<Identifier> identifiers, String kind, Optional<Value> value) {
        if (value.orElse(Value.NOTHING) instanceof Value.Text id && !id.text().isEmpty()) {
            identifiers.add(new Identifier(kind, id.text()));
        }
    }

    private static PersonKey person(Value.Fields json) {
        String account = json.text("account");
        Optional<String> userId = json.findText("userId").filter(id -> !id.isEmpty());
        return userId.map(id -> PersonKey.ofUser(account, id))
                .orElseGet(() -> PersonKey.ofAnonymous(account, json.text("anonymousId")));
    }
}
