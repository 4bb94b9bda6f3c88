package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Why a version of a profile was written.
 *
 * @param eventId id of the event, of those it took in, that was received last; of a turn the person's last event
 * @param receivedAt when the tracker intercepted that event; of a turn when it was due
 * @param traceparent W3C trace context of the request that brought it
 */
public record Cause(Kind kind, String eventId, Instant receivedAt, Optional<String> traceparent) {

    /** What sort of thing changed the answer. */
    public enum Kind {
        /** An event in its turn. */
        EVENT,
        /** An event that came late or out of order and changed what had been concluded. */
        CORRECTION,
        /** A new rule set. */
        RULES,
        /** Time that passed. */
        TIME,
        /** A row of the user table, or statistics. */
        PROFILE,
        /** Two people turned out to be one, or one to be two. */
        MERGE;

        /** As it is written: {@code event}, {@code correction} and so on. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes it as the field {@code cause} of the object where the generator stands. */
    public void write(JsonGenerator json) {
        json.writeObjectPropertyStart("cause");
        json.writeStringProperty("kind", kind.word());
        json.writeStringProperty("eventId", eventId);
        json.writeStringProperty("receivedAt", receivedAt.toString());
        traceparent.ifPresent(trace -> json.writeStringProperty("traceparent", trace));
        json.writeEndObject();
    }

    /**
     * Reads the field {@code cause} of an object.
     *
     * @throws MalformedException if it is missing or is no cause
     */
    public static Cause read(Value.Fields json) {
        Value.Fields cause = json.inner("cause");
        return new Cause(
                kind(cause.text("kind")),
                cause.text("eventId"),
                JsonText.instant("receivedAt", cause.text("receivedAt")),
                cause.findText("traceparent"));
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new MalformedException("cause.kind must be event, correction, rules, time, profile or merge");
    }
}
