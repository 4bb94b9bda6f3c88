package dev.sluice.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a draft beside its content. Immutable.
 *
 * @param id given by the console, never used again
 * @param revision 1 at first, one higher with each change: its entity tag
 * @param title what people call it, 1 to {@value #MAX_TITLE} characters
 * @param author who wrote this revision, as said
 * @param base the rule set that it was begun from and that must be current when it is published; empty if any may be, 0
 *     for none
 * @param updatedAt to the millisecond
 */
public record DraftInfo(
        String account,
        String id,
        int revision,
        Optional<String> title,
        Optional<String> author,
        OptionalInt base,
        Instant updatedAt) {
    public static final int MAX_TITLE = 100;

    /** @throws dev.sluice.model.MalformedException naming the text that is not one line of its length */
    public DraftInfo {
        title.ifPresent(text -> Authorship.line("title", text, MAX_TITLE));
        author.ifPresent(text -> Authorship.line("author", text, Authorship.MAX_AUTHOR));
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same, one revision later. */
    public DraftInfo next() {
        return new DraftInfo(account, id, revision + 1, title, author, base, updatedAt);
    }
}
