package dev.sluice.model.activation;

import dev.sluice.model.Value;
import dev.sluice.model.bundle.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Settings that look as if a secret stood in them. Bundles are kept in git and shown to whoever may read the console, so a
 * secret is named there and kept elsewhere. Stateless.
 */
final class OpenSecrets {
    private static final Set<String> WORDS = Set.of("token", "secret", "password", "passphrase");
    private static final Set<String> KEYS = Set.of("key", "apikey", "accesskey", "privatekey", "secretkey");

    /** Before a capital letter after a small one, and at what is neither a letter nor a digit. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

    private OpenSecrets() {}

    /** Notes each key, at any depth, whose name says that a secret stands there. */
    static void refuse(Node settings) {
        settings.json().fields().forEach((key, value) -> {
            if (looksSecret(key) && !(value instanceof Value.Fields)) {
                settings.problem(key, "must not hold a secret; store it as a secret and put its name into \"secret\"");
            }
            if (value instanceof Value.Fields) {
                settings.inner(key).ifPresent(OpenSecrets::refuse);
            } else if (value instanceof Value.Many) {
                many(settings, key, (Value.Many) value);
            }
        });
    }

    private static void many(Node settings, String key, Value.Many many) {
        for (int i = 0; i < many.values().size(); i++) {
            Optional<Value> element = Optional.of(many.values().get(i));
            String place = settings.at(key) + "[" + i + "]";
            element.filter(Value.Fields.class::isInstance)
                    .map(Value.Fields.class::cast)
                    .ifPresent(fields -> refuse(new Node(place, fields, settings.problems())));
        }
    }

    private static boolean looksSecret(String key) {
        String[] words = BETWEEN_WORDS.split(key);
        String last = words.length == 0 ? "" : words[words.length - 1].toLowerCase(Locale.ROOT);
        return WORDS.contains(last) || KEYS.contains(String.join("", words).toLowerCase(Locale.ROOT));
    }
}
