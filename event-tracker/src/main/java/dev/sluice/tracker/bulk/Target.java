package dev.sluice.tracker.bulk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a column's value goes in a message, and what it is: {@code traits.age:number}.
 *
 * @param path names from the message down: {@code userId}, or {@code traits}, {@code properties}, {@code context} or
 *     {@code integrations} and what lies below
 */
record Target(List<String> path, Kind kind) {
    private static final Set<String> TEXTS =
            Set.of("type", "messageId", "userId", "anonymousId", "event", "name", "category", "groupId", "previousId");
    private static final Set<String> OBJECTS = Set.of("properties", "traits", "context", "integrations");
    private static final String TIMESTAMP = "timestamp";
    private static final int MAX_DEPTH = 8;

    /** How a cell's text is read. A value of NDJSON that already is of the kind stays as it is. */
    enum Kind {
        /** As it is. */
        TEXT("text"),
        NUMBER("number"),
        /** true, false, yes, no, 1, 0 in any case. */
        BOOLEAN("boolean"),
        /** ISO 8601; without an offset in the mapping's zone, a date alone at its midnight. */
        TIME("time"),
        /** Since 1970. */
        SECONDS("seconds"),
        /** Since 1970. */
        MILLIS("millis"),
        /** JSON within a cell. */
        JSON("json");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Optional<Kind> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /** @throws IllegalArgumentException if a message has no such place, or there is no such kind */
    static Target parse(String text) {
        int colon = text.lastIndexOf(':');
        String place = colon < 0 ? text : text.substring(0, colon);
        List<String> path = List.of(place.split("\\.", -1));
        if (!exists(path)) {
            throw new IllegalArgumentException("a message has no place " + place);
        }
        Kind usual = place.equals(TIMESTAMP) ? Kind.TIME : Kind.TEXT;
        Kind kind = colon < 0
                ? usual
                : Kind.ofWord(text.substring(colon + 1))
                        .orElseThrow(() -> new IllegalArgumentException(
                                text + " must end with :text, number, boolean, time, seconds, millis or json"));
        if (path.size() == 1 && !place.equals(TIMESTAMP) && kind != Kind.TEXT) {
            throw new IllegalArgumentException(place + " is text");
        }
        return new Target(path, kind);
    }

    private static boolean exists(List<String> path) {
        if (path.stream().anyMatch(String::isBlank) || path.size() > MAX_DEPTH) {
            return false;
        }
        String first = path.getFirst();
        return path.size() == 1 ? TEXTS.contains(first) || first.equals(TIMESTAMP) : OBJECTS.contains(first);
    }
}
