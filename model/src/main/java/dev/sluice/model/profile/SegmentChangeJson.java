package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;

/**
 * The JSON form of a {@link SegmentChange} by itself: what the activations stream carried at first, version {@value
 * #VERSION}. Lines of it may still come and are read. Stateless. Golden file: {@code golden/v1/segment-change.json}.
 */
public final class SegmentChangeJson {
    public static final int VERSION = 1;

    private SegmentChangeJson() {}

    /** Writes it as one line. */
    public static byte[] write(SegmentChange change) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", change.key().account());
            json.writeStringProperty("person", change.key().person());
            json.writeNumberProperty("slot", Ring.slot(change.key()));
            json.writeStringProperty("segment", change.segment());
            json.writeStringProperty("change", change.direction().word());
            json.writeStringProperty("at", change.at().toString());
            json.writeNumberProperty("version", change.version());
            json.writeNumberProperty("ruleSet", change.ruleSet());
            change.cause().write(json);
        });
    }

    /** @throws MalformedException if the line is not a change of this version */
    public static SegmentChange read(byte[] line) {
        return of(JsonText.readObject(line));
    }

    /** @throws MalformedException if the line is not a change of this version */
    public static SegmentChange of(Value.Fields line) {
        Value.Fields json = line.ofVersion(VERSION);
        return new SegmentChange(
                new PersonKey(json.text("account"), json.text("person")),
                json.text("segment"),
                SegmentChange.Direction.ofWord(json.text("change")),
                JsonText.instant("at", json.text("at")),
                json.whole("version"),
                MembershipsJson.number(json, "ruleSet"),
                Cause.read(json));
    }
}
