package dev.sluice.model.activation;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SharedJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON form of a {@link ProfileChange}: version {@value #VERSION} of the lines of the activations stream. What is
 * empty is not written. A change is {@code [direction, segment, at]}; its person, version, rule set and cause are the
 * line's. Stateless. Golden file: {@code golden/v2/profile-change.json}.
 */
public final class ProfileChangeJson {
    public static final int VERSION = 2;

    private static final String MEMBERSHIPS = "memberships";
    private static final String CHANGES = "changes";
    private static final String ERASED = "erased";

    private ProfileChangeJson() {}

    /** Writes it as one line. The same change always gives the same bytes. */
    public static byte[] write(ProfileChange change) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeStringProperty("account", change.key().account());
            json.writeStringProperty("person", change.key().person());
            json.writeNumberProperty("slot", Ring.slot(change.key()));
            json.writeNumberProperty("version", change.version());
            json.writeNumberProperty("ruleSet", change.ruleSet());
            json.writeStringProperty("asOf", change.asOf().toString());
            change.cause().write(json);
            json.writeObjectPropertyStart(MEMBERSHIPS);
            change.memberships().forEach((segment, since) -> json.writeStringProperty(segment, since.toString()));
            json.writeEndObject();
            writeChanges(json, change.changes());
            SharedJson.write(json, change.shared());
            if (change.erased()) {
                json.writeBooleanProperty(ERASED, true);
            }
        });
    }

    private static void writeChanges(JsonGenerator json, List<SegmentChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart(CHANGES);
        for (SegmentChange change : changes) {
            json.writeStartArray();
            json.writeString(change.direction().word());
            json.writeString(change.segment());
            json.writeString(change.at().toString());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** @throws MalformedException if the line is not a change of this version, or contradicts itself */
    public static ProfileChange read(byte[] line) {
        return of(JsonText.readObject(line));
    }

    static ProfileChange of(Value.Fields line) {
        Value.Fields json = line.ofVersion(VERSION);
        var key = new PersonKey(json.text("account"), json.text("person"));
        if (json.whole("slot") != Ring.slot(key)) {
            throw new MalformedException("slot is not the person's");
        }
        long version = json.whole("version");
        if (version < 1) {
            throw new MalformedException("version must be 1 or more");
        }
        int ruleSet = ruleSet(json.whole("ruleSet"));
        Cause cause = Cause.read(json);
        Map<String, Instant> memberships = memberships(json);
        boolean erased = json.find(ERASED).isPresent() && json.flag(ERASED);
        if (erased && !memberships.isEmpty()) {
            throw new MalformedException("who is erased is in no segment");
        }
        List<SegmentChange> changes = new ArrayList<>();
        for (Value element : json.list(CHANGES)) {
            SegmentChange change = change(element, key, version, ruleSet, cause);
            boolean isIn = memberships.containsKey(change.segment());
            if (isIn != (change.direction() == SegmentChange.Direction.ENTERED)) {
                throw new MalformedException("changes and memberships contradict each other");
            }
            changes.add(change);
        }
        return new ProfileChange(
                key,
                version,
                ruleSet,
                JsonText.instant("asOf", json.text("asOf")),
                cause,
                memberships,
                changes,
                SharedJson.read(json),
                erased);
    }

    private static Map<String, Instant> memberships(Value.Fields json) {
        if (json.find(MEMBERSHIPS).isEmpty()) {
            throw new MalformedException(MEMBERSHIPS + " is missing");
        }
        Value.Fields written = json.inner(MEMBERSHIPS);
        Map<String, Instant> memberships = new TreeMap<>();
        for (String segment : written.fields().keySet()) {
            memberships.put(segment, JsonText.instant(MEMBERSHIPS, written.text(segment)));
        }
        return memberships;
    }

    private static SegmentChange change(Value element, PersonKey key, long version, int ruleSet, Cause cause) {
        if (element instanceof Value.Many many
                && many.values().size() == 3
                && many.values().get(0) instanceof Value.Text direction
                && many.values().get(1) instanceof Value.Text segment
                && many.values().get(2) instanceof Value.Text at) {
            return new SegmentChange(
                    key,
                    segment.text(),
                    SegmentChange.Direction.ofWord(direction.text()),
                    JsonText.instant(CHANGES, at.text()),
                    version,
                    ruleSet,
                    cause);
        }
        throw new MalformedException("a change must be [direction, segment, at]");
    }

    private static int ruleSet(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedException("ruleSet must be 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }
}
