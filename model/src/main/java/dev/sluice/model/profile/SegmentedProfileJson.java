package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;

/**
 * The JSON form of a {@link SegmentedProfile}, version {@value #VERSION}. Stateless. Golden file: {@code
 * golden/v1/segmented-profile.json}.
 */
public final class SegmentedProfileJson {
    public static final int VERSION = 1;

    private SegmentedProfileJson() {}

    /** Writes the profile. The same profile always gives the same bytes. */
    public static byte[] write(SegmentedProfile profile) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", profile.key().account());
            json.writeStringProperty("person", profile.key().person());
            json.writeNumberProperty("slot", Ring.slot(profile.key()));
            json.writeNumberProperty("version", profile.version());
            json.writeNumberProperty("ruleSet", profile.ruleSet());
            json.writeStringProperty("asOf", profile.asOf().toString());
            json.writeStringProperty("writer", profile.writer());
            MembershipsJson.write(json, profile.memberships());
            profile.cause().write(json);
            if (profile.stateRevision() > 0) {
                json.writeNumberProperty("stateRevision", profile.stateRevision());
            }
            profile.stateUntil().ifPresent(until -> json.writeStringProperty("stateUntil", until.toString()));
            MembershipsJson.writePast(json, profile.past());
            SharedJson.write(json, profile.shared());
        });
    }

    /** @throws dev.sluice.model.MalformedException if the bytes are not a profile of this version */
    public static SegmentedProfile read(byte[] bytes) {
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        return new SegmentedProfile(
                new PersonKey(json.text("account"), json.text("person")),
                json.whole("version"),
                MembershipsJson.number(json, "ruleSet"),
                JsonText.instant("asOf", json.text("asOf")),
                json.text("writer"),
                MembershipsJson.read(json),
                Cause.read(json),
                json.find("stateRevision")
                        .map(any -> json.whole("stateRevision"))
                        .orElse(0L),
                json.findText("stateUntil").map(until -> JsonText.instant("stateUntil", until)),
                MembershipsJson.readPast(json),
                SharedJson.read(json));
    }
}
