package dev.sluice.activators.identity;

import dev.sluice.model.Value;
import dev.sluice.model.profile.Shared;
import java.util.Optional;

/** What is shared of a person, as text. Stateless. */
public final class Traits {
    private Traits() {}

    /** A trait that is text or a number; empty if it is missing, blank or of another kind. */
    public static Optional<String> text(Shared shared, String trait) {
        Value value = shared.traits().find(trait).orElse(Value.NOTHING);
        if (value instanceof Value.Text text) {
            return text.text().isBlank() ? Optional.empty() : Optional.of(text.text());
        }
        return value instanceof Value.Decimal decimal
                ? Optional.of(decimal.number().toPlainString())
                : Optional.empty();
    }

    /** The country that the person is in, ISO 3166 alpha-2 in upper case, or else the one that is given. */
    public static Optional<String> country(Shared shared, Optional<String> otherwise) {
        return text(shared, "country").flatMap(Names::country).or(() -> otherwise);
    }
}
