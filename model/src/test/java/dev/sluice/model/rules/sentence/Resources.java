package dev.sluice.model.rules.sentence;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The tables of sentences. */
final class Resources {
    private Resources() {}

    static Value.Fields read(String file) {
        try (InputStream stream = Resources.class.getResourceAsStream("/sentences/" + file)) {
            return JsonText.readObject(Objects.requireNonNull(stream, file).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A misspelt key would test nothing. */
    static void only(Value.Fields json, String... keys) {
        if (!List.of(keys).containsAll(json.fields().keySet())) {
            throw new IllegalStateException("unknown key among " + json.fields().keySet());
        }
    }
}
