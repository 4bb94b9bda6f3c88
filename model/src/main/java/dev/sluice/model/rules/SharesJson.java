package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** How {@link Shares} stand in a bundle: the field {@code share}, which is not there if nothing is shared. Stateless. */
final class SharesJson {
    static final String SHARE = "share";

    private static final String TRAITS = "traits";
    private static final String PROPERTIES = "properties";

    private SharesJson() {}

    static Shares read(Value.Fields json) {
        Value value = json.fields().getOrDefault(SHARE, Value.Fields.NONE);
        if (!(value instanceof Value.Fields share)) {
            throw new InvalidRuleException(SHARE + ": must be an object");
        }
        RuleSetJson.only(share, SHARE, Set.of(TRAITS, PROPERTIES));
        return new Shares(names(share, TRAITS), names(share, PROPERTIES));
    }

    private static List<String> names(Value.Fields share, String what) {
        String path = SHARE + "." + what;
        Value value = share.find(what).orElse(new Value.Many(List.of()));
        if (!(value instanceof Value.Many many)) {
            throw new InvalidRuleException(path + ": must be an array");
        }
        List<String> names = new ArrayList<>();
        for (Value element : many.values()) {
            if (!(element instanceof Value.Text name)) {
                throw new InvalidRuleException(path + "[" + names.size() + "]: must be a text");
            }
            names.add(name.text());
        }
        return names;
    }

    static void write(JsonGenerator json, Shares shares) {
        if (shares.isNothing()) {
            return;
        }
        json.writeObjectPropertyStart(SHARE);
        write(json, TRAITS, shares.traits());
        write(json, PROPERTIES, shares.properties());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String what, List<String> names) {
        if (!names.isEmpty()) {
            json.writeArrayPropertyStart(what);
            names.forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
