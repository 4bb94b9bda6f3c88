package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** How {@link Shared} is written wherever it is stored or sent: not at all if it is nothing. Stateless. */
public final class SharedJson {
    private static final String SHARED = "shared";
    private static final String TRAITS = "traits";
    private static final String EVENT = "event";
    private static final String NAME = "name";
    private static final String PROPERTIES = "properties";

    private SharedJson() {}

    /** Writes it as the field {@code shared} of the object where the generator stands. */
    public static void write(JsonGenerator json, Shared shared) {
        if (shared.isNothing()) {
            return;
        }
        json.writeObjectPropertyStart(SHARED);
        if (!shared.traits().fields().isEmpty()) {
            json.writeName(TRAITS);
            JsonText.write(json, shared.traits());
        }
        shared.event().ifPresent(event -> {
            json.writeObjectPropertyStart(EVENT);
            json.writeStringProperty(NAME, event.name());
            json.writeName(PROPERTIES);
            JsonText.write(json, event.properties());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    /**
     * Reads the field {@code shared} of an object; without it nothing is shared.
     *
     * @throws dev.sluice.model.MalformedException if it is there and not of this form
     */
    public static Shared read(Value.Fields json) {
        if (json.find(SHARED).isEmpty()) {
            return Shared.NOTHING;
        }
        Value.Fields shared = json.inner(SHARED);
        Optional<Shared.Happening> event = shared.find(EVENT).map(any -> {
            Value.Fields happening = shared.inner(EVENT);
            return new Shared.Happening(happening.text(NAME), happening.inner(PROPERTIES));
        });
        return new Shared(shared.inner(TRAITS), event);
    }
}
