package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** How memberships are written wherever they are stored. */
final class MembershipsJson {
    private MembershipsJson() {}

    static void write(JsonGenerator json, Map<String, Membership> memberships) {
        json.writeObjectPropertyStart("memberships");
        memberships.forEach((segment, membership) -> {
            json.writeObjectPropertyStart(segment);
            json.writeStringProperty("since", membership.since().toString());
            json.writeNumberProperty("ruleSet", membership.ruleSet());
            json.writeBooleanProperty("direct", membership.direct());
            membership.until().ifPresent(until -> json.writeStringProperty("until", until.toString()));
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    static void writePast(JsonGenerator json, List<PastMembership> past) {
        if (past.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("past");
        for (PastMembership membership : past) {
            json.writeStartObject();
            json.writeStringProperty("segment", membership.segment());
            json.writeStringProperty("since", membership.since().toString());
            json.writeStringProperty("until", membership.until().toString());
            json.writeNumberProperty("ruleSet", membership.ruleSet());
            json.writeBooleanProperty("direct", membership.direct());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static List<PastMembership> readPast(Value.Fields json) {
        return json.innerList("past").stream()
                .map(past -> new PastMembership(
                        past.text("segment"),
                        JsonText.instant("since", past.text("since")),
                        JsonText.instant("until", past.text("until")),
                        number(past, "ruleSet"),
                        past.flag("direct")))
                .toList();
    }

    static Map<String, Membership> read(Value.Fields json) {
        Map<String, Membership> memberships = new TreeMap<>();
        Value.Fields written = json.inner("memberships");
        for (String segment : written.fields().keySet()) {
            Value.Fields membership = written.inner(segment);
            memberships.put(
                    segment,
                    new Membership(
                            JsonText.instant("since", membership.text("since")),
                            number(membership, "ruleSet"),
                            membership.flag("direct"),
                            membership.findText("until").map(until -> JsonText.instant("until", until))));
        }
        return memberships;
    }

    /** A rule set's number. */
    static int number(Value.Fields json, String name) {
        long number = json.whole(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedException(name + " must be 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }
}
