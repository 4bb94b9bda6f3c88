package dev.sluice.activators.audience;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's settings, or an object within them, read strictly: what is not known is refused. Methods throw {@link
 * MalformedException} with words for the person who wrote them. Immutable.
 */
public final class Settings {
    private final Value.Fields fields;

    /** @param known all names that may be there */
    public Settings(Value.Fields fields, Set<String> known) {
        for (String name : fields.fields().keySet()) {
            if (!known.contains(name)) {
                throw new MalformedException("settings: " + name + " is not known");
            }
        }
        this.fields = fields;
    }

    /** A text that must be there, of a form. */
    public String text(String name, Pattern form) {
        return optional(name, form).orElseThrow(() -> new MalformedException("settings: " + name + " is missing"));
    }

    /** A text of a form. */
    public Optional<String> optional(String name, Pattern form) {
        Optional<String> text = fields.findText(name);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            throw new MalformedException("settings: " + name + " must match " + form.pattern());
        }
        return text;
    }

    /** A flag; {@code otherwise} if it is missing. */
    public boolean flag(String name, boolean otherwise) {
        return fields.find(name).isPresent() ? fields.flag(name) : otherwise;
    }

    /** A whole number; {@code otherwise} if it is missing. */
    public long whole(String name, long least, long most, long otherwise) {
        long number = fields.find(name).isPresent() ? fields.whole(name) : otherwise;
        if (number < least || number > most) {
            throw new MalformedException("settings: " + name + " must be from " + least + " to " + most);
        }
        return number;
    }

    /** A list of texts, each one of those that are known and at most once; {@code otherwise} if it is missing. */
    public List<String> list(String name, Set<String> known, List<String> otherwise) {
        if (fields.find(name).isEmpty()) {
            return otherwise;
        }
        var texts = new ArrayList<String>();
        for (Value element : fields.list(name)) {
            if (!(element instanceof Value.Text text) || !known.contains(text.text()) || texts.contains(text.text())) {
                throw new MalformedException("settings: " + name + " may hold each of these once: "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            texts.add(text.text());
        }
        if (texts.isEmpty()) {
            throw new MalformedException("settings: " + name + " must not be empty");
        }
        return List.copyOf(texts);
    }

    /** An object within; empty if it is missing. */
    public Optional<Settings> inner(String name, Set<String> known) {
        return fields.find(name).isEmpty() ? Optional.empty() : Optional.of(new Settings(fields.inner(name), known));
    }
}
