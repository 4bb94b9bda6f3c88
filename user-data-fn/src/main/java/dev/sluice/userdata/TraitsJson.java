package dev.sluice.userdata;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;

/** The field {@code profile} of {@code user:<id>:data}: a JSON object of traits. Stateless. */
public final class TraitsJson {
    private TraitsJson() {}

    /** Writes them in their order. */
    public static byte[] write(Value.Fields traits) {
        return JsonText.writeObject(json -> traits.fields().forEach((name, value) -> {
            json.writeName(name);
            JsonText.write(json, value);
        }));
    }
}
