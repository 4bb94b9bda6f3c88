package dev.sluice.model;

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
                json.inner("traits"));
    }

    private static PersonKey person(Value.Fields json) {
        String account = json.text("account");
        Optional<String> userId = json.findText("userId").filter(id -> !id.isEmpty());
        return userId.map(id -> PersonKey.ofUser(account, id))
                .orElseGet(() -> PersonKey.ofAnonymous(account, json.text("anonymousId")));
    }
}
