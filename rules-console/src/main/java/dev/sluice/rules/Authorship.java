package dev.sluice.rules;

import dev.sluice.model.MalformedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who published a rule set, why and when, as the publisher said: the token is shared, so a name is a claim. Immutable.
 *
 * @param author 1 to {@value #MAX_AUTHOR} characters
 * @param reason 1 to {@value #MAX_REASON} characters; both together must fit the metadata of an S3 object
 * @param at to the millisecond
 * @param rolledBackFrom number of the earlier rule set whose content was published again
 */
public record Authorship(Optional<String> author, Optional<String> reason, Instant at, OptionalInt rolledBackFrom) {
    public static final int MAX_AUTHOR = 100;
    public static final int MAX_REASON = 300;

    /** @throws MalformedException naming what is too long or has a character that no line has */
    public Authorship {
        author.ifPresent(text -> line("author", text, MAX_AUTHOR));
        reason.ifPresent(text -> line("reason", text, MAX_REASON));
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** By these remarks, of something new. */
    public static Authorship of(Remarks remarks, Instant at) {
        return new Authorship(remarks.author(), remarks.reason(), at, OptionalInt.empty());
    }

    /** The same, of the content of an earlier rule set. */
    public Authorship rollingBackFrom(int number) {
        return new Authorship(author, reason, at, OptionalInt.of(number));
    }

    /** @throws MalformedException if it is not one line of 1 to {@code max} characters */
    static void line(String what, String text, int max) {
        if (text.isBlank() || text.length() > max || text.codePoints().anyMatch(Authorship::breaksTheLine)) {
            throw new MalformedException(
                    what + " must be one line of 1 to " + max + " characters, without control characters");
        }
    }

    /** Half a surrogate pair is no character: no store takes it. */
    private static boolean breaksTheLine(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }
}
