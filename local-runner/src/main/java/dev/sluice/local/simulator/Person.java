package dev.sluice.local.simulator;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who did it, as the client knows: a user id, an anonymous id, or both. */
public record Person(@Nullable String userId, @Nullable String anonymousId) {
    private static final Pattern PLAYER = Pattern.compile("[^/]+/(player-\\d{6}|anonymous:a-\\d{6}-[0-9a-f]{8})");

    /** Refuses a person without any id. */
    public Person {
        if (userId == null && anonymousId == null) {
            throw new IllegalArgumentException("a person needs a userId or an anonymousId");
        }
    }

    /** The person's name within an account: the user id, else {@code anonymous:} and the anonymous id. */
    public String name() {
        return userId != null ? userId : "anonymous:" + anonymousId;
    }

    /** Whether {@code account/person} is named as simulated players are; anybody else sent events of their own. */
    public static boolean isPlayer(String qualified) {
        return PLAYER.matcher(qualified).matches();
    }
}
