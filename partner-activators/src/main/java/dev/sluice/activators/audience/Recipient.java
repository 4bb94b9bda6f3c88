package dev.sluice.activators.audience;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a person is named to a partner: several names, by the partner's kinds of them, as one text. Stateless. */
public final class Recipient {
    private Recipient() {}

    /** The text, a JSON object in the order of the kinds; empty if there is no name. */
    public static Optional<String> text(Map<String, String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(
                        JsonText.writeObject(json -> new TreeMap<>(names).forEach(json::writeStringProperty)),
                        StandardCharsets.UTF_8));
    }

    /**
     * Back from the text.
     *
     * @throws MalformedException if it is none; the message holds nothing of it
     */
    public static Map<String, String> names(String text) {
        var names = new TreeMap<String, String>();
        JsonText.readObject(text.getBytes(StandardCharsets.UTF_8)).fields().forEach((kind, name) -> {
            if (!(name instanceof Value.Text value)) {
                throw new MalformedException("a recipient's names must be text");
            }
            names.put(kind, value.text());
        });
        return names;
    }
}
