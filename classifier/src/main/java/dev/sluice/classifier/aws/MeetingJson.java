package dev.sluice.classifier.aws;

import dev.sluice.classifier.Meeting;
import dev.sluice.classifier.Server;
import dev.sluice.classifier.StoreLoss;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.Locale;

/** The JSON form of {@link Meeting}, version {@value #VERSION}. Stateless. */
final class MeetingJson {
    static final int VERSION = 1;

    private MeetingJson() {}

    /** Writes it. */
    static byte[] write(Meeting meeting) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("place", meeting.place());
            json.writeNumberProperty("version", meeting.version());
            json.writeStringProperty("process", meeting.server().process());
            json.writeStringProperty("data", meeting.server().data());
            json.writeArrayPropertyStart("losses");
            meeting.losses().forEach(loss -> {
                json.writeStartObject();
                json.writeStringProperty("kind", loss.kind().name().toLowerCase(Locale.ROOT));
                json.writeStringProperty("at", loss.at().toString());
                json.writeStringProperty("share", loss.share());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeStringProperty("writer", meeting.writer());
        });
    }

    /** @throws MalformedException if the bytes are not of this version */
    static Meeting read(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        return new Meeting(
                json.text("place"),
                json.whole("version"),
                new Server(json.text("process"), json.text("data")),
                json.innerList("losses").stream().map(MeetingJson::loss).toList(),
                json.text("writer"));
    }

    private static Meeting.Loss loss(Value.Fields json) {
        StoreLoss.Kind kind = switch (json.text("kind")) {
            case "replaced" -> StoreLoss.Kind.REPLACED;
            case "emptied" -> StoreLoss.Kind.EMPTIED;
            default -> throw new MalformedException("kind must be replaced or emptied");
        };
        return new Meeting.Loss(kind, JsonText.instant("at", json.text("at")), json.text("share"));
    }
}
