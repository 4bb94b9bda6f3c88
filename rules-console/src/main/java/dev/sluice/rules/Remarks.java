package dev.sluice.rules;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.util.Optional;
import java.util.Set;

/**
 * What may be said along with any publication. Immutable.
 *
 * @param author who publishes
 * @param reason why
 * @param allowEmpty that a rule set without segments is meant: it takes everyone out of every segment
 */
public record Remarks(Optional<String> author, Optional<String> reason, boolean allowEmpty) {
    /** The keys of a body that are read here. */
    public static final Set<String> KEYS = Set.of("author", "reason", "allowEmpty");

    public Remarks {
        author.ifPresent(text -> Authorship.line("author", text, Authorship.MAX_AUTHOR));
        reason.ifPresent(text -> Authorship.line("reason", text, Authorship.MAX_REASON));
    }

    /** @throws MalformedException naming the key that is not what it must be */
    public static Remarks read(Value.Fields body) {
        boolean allowEmpty = body.find("allowEmpty").isPresent() && body.flag("allowEmpty");
        return new Remarks(body.findText("author"), body.findText("reason"), allowEmpty);
    }
}
