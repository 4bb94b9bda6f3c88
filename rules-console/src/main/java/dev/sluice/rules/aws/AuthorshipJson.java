package dev.sluice.rules.aws;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.rules.Authorship;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * An {@link Authorship} as the value of an S3 object's own metadata, which takes 2 KB of ASCII in all: JSON in Base64, at
 * most 1.8 KB. Stateless.
 */
final class AuthorshipJson {
    private AuthorshipJson() {}

    static String write(Authorship authorship) {
        byte[] json = JsonText.writeObject(out -> {
            authorship.author().ifPresent(author -> out.writeStringProperty("author", author));
            authorship.reason().ifPresent(reason -> out.writeStringProperty("reason", reason));
            out.writeStringProperty("at", authorship.at().toString());
            authorship.rolledBackFrom().ifPresent(number -> out.writeNumberProperty("rolledBackFrom", number));
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    /** @throws MalformedException if it is not one */
    static Authorship read(String text) {
        try {
            Value.Fields json = JsonText.readObject(Base64.getUrlDecoder().decode(text));
            Instant at = JsonText.instant("at", json.text("at"));
            OptionalInt from = json.find("rolledBackFrom").isPresent()
                    ? OptionalInt.of(Math.toIntExact(json.whole("rolledBackFrom")))
                    : OptionalInt.empty();
            return new Authorship(json.findText("author"), json.findText("reason"), at, from);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedException("not an authorship", e);
        }
    }
}
