package dev.sluice.userdata;

import dev.sluice.model.EventJson;
import dev.sluice.model.JsonText;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Locale;

/**
 * The event by which the stream and the lake know of a {@link RowChange}: type {@value #TYPE}, read by {@link EventJson}.
 *
 * <p>{@code traits} is the whole row, nothing of it if the row is gone; {@code properties} hold its {@code version} and
 * {@code op}. The id is made of the version alone, so a change that comes again is the same event. Stateless. Golden
 * file: {@code golden/v1/change-event.json}.
 */
public final class ChangeEventJson {
    /** A type that no client may send. */
    public static final String TYPE = "user_profile";

    private ChangeEventJson() {}

    /**
     * One line, without its end.
     *
     * @param receivedAt when the function took the change, to the millisecond
     */
    public static byte[] write(RowChange change, Instant receivedAt) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", EventJson.VERSION);
            json.writeStringProperty("account", change.key().account());
            json.writeNumberProperty("slot", Ring.slot(change.key()));
            json.writeStringProperty("type", TYPE);
            json.writeStringProperty("messageId", id(change.version()));
            json.writeStringProperty("userId", change.key().person());
            json.writeStringProperty("timestamp", change.changedAt().toString());
            json.writeStringProperty("receivedAt", receivedAt.toString());
            json.writeObjectPropertyStart("properties");
            json.writeNumberProperty("version", change.version());
            json.writeStringProperty("op", operation(change));
            json.writeEndObject();
            json.writeName("traits");
            JsonText.write(json, traits(change));
        });
    }

    /** With all digits of 64 bits: ids of changes in one millisecond stand in the order of their versions. */
    private static String id(long version) {
        return "%s-%019d".formatted(TYPE, version);
    }

    private static String operation(RowChange change) {
        return switch (change) {
            case RowChange.Written written -> written.operation().name().toLowerCase(Locale.ROOT);
            case RowChange.Removed _ -> "delete";
        };
    }

    private static Value.Fields traits(RowChange change) {
        return switch (change) {
            case RowChange.Written written -> written.traits();
            case RowChange.Removed _ -> Value.Fields.NONE;
        };
    }
}
