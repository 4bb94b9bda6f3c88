package dev.sluice.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that one person did, as the stream and the lake hold it. (account, {@code id}) names it: of several copies
 * the one with the smallest {@code receivedAt} is canonical. Immutable; written and read by {@link EventJson}.
 *
 * @param key whose event it is
 * @param id Segment's {@code messageId}, 1 to {@value #MAX_ID_LENGTH} characters; survives the client's retries
 * @param type what kind of message
 * @param name what happened: {@code event} of a track, {@code name} of a page or screen
 * @param timestamp event time: the client's time corrected for its clock, to the millisecond
 * @param receivedAt when the tracker intercepted this copy, to the millisecond
 * @param traceparent W3C trace context of the request that brought it
 * @param properties what is told of the event
 * @param traits what is told of the person: of a row or of statistics all of them
 * @param identifiers all ids by which it names the person
 */
public record Event(
        PersonKey key,
        String id,
        EventType type,
        Optional<String> name,
        Instant timestamp,
        Instant receivedAt,
        Optional<String> traceparent,
        Value.Fields properties,
        Value.Fields traits,
        List<Identifier> identifiers) {
    /** What Segment allows. */
    public static final int MAX_ID_LENGTH = 100;

    /** Of which no other ids are told than its key. */
    public Event(
            PersonKey key,
            String id,
            EventType type,
            Optional<String> name,
            Instant timestamp,
            Instant receivedAt,
            Optional<String> traceparent,
            Value.Fields properties,
            Value.Fields traits) {
        this(key, id, type, name, timestamp, receivedAt, traceparent, properties, traits, List.of());
    }

    public Event {
        identifiers = List.copyOf(identifiers);
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new MalformedException("messageId must have 1 to " + MAX_ID_LENGTH + " characters");
        }
    }
}
