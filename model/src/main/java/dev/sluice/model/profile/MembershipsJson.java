package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
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
            json.writeEndObject();
        });
        json.writeEndObject();
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
                            membership.flag("direct")));
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
