package dev.sluice.classifier.web;

import dev.sluice.classifier.ReadGate;
import dev.sluice.classifier.Reader;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.profile.SegmentedProfile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON of the answers to an app. Stateless. */
final class SegmentsJson {
    private static final Duration USUAL_LIFE = Duration.ofMinutes(15);
    private static final String LIFE = "expiresInSeconds";

    private SegmentsJson() {}

    /**
     * A person whom the account does not know is in no segment, at version 0 and without a time: no error, so that an app need
     * not tell them apart. Whoever may ask at all may ask of everybody of the account, or is the person.
     */
    static byte[] write(String field, String id, Optional<SegmentedProfile> profile, Reader reader) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty(field, id);
            json.writeArrayPropertyStart("segments");
            reader.visible(profile.map(SegmentedProfile::memberships).orElse(Map.of()))
                    .forEach((segment, membership) -> {
                        json.writeStartObject();
                        json.writeStringProperty("id", segment);
                        json.writeStringProperty("since", membership.since().toString());
                        membership.until().ifPresent(until -> json.writeStringProperty("until", until.toString()));
                        json.writeEndObject();
                    });
            json.writeEndArray();
            json.writeNumberProperty(
                    "version", profile.map(SegmentedProfile::version).orElse(0L));
            profile.ifPresent(
                    some -> json.writeStringProperty("asOf", some.asOf().toString()));
        });
    }

    static byte[] write(ReadGate.Issued issued) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("token", issued.token());
            json.writeStringProperty("expiresAt", issued.expires().toString());
        });
    }

    /**
     * How long a token is to live.
     *
     * @param body nothing at all for the usual
     * @throws MalformedException if it is not {@code {"expiresInSeconds": 1 to 3600}}
     */
    static Duration life(byte[] body) {
        Value.Fields json = body.length == 0 ? Value.Fields.NONE : JsonText.readObject(body);
        if (!Set.of(LIFE).containsAll(json.fields().keySet())) {
            throw new MalformedException("expected no other key than " + LIFE);
        }
        if (json.find(LIFE).isEmpty()) {
            return USUAL_LIFE;
        }
        long seconds = json.whole(LIFE);
        if (seconds < 1 || seconds > ReadGate.LONGEST.toSeconds()) {
            throw new MalformedException(LIFE + " must be 1 to " + ReadGate.LONGEST.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }
}
