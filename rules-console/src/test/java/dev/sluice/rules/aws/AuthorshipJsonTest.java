package dev.sluice.rules.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import dev.sluice.rules.Authorship;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What {@link AuthorshipJson} promises: whatever is allowed fits an object's metadata and comes back; all else is refused. */
class AuthorshipJsonTest {
    /** S3 allows 2 KB, names included, and the writer's token is there too. */
    private static final int ROOM = 1_900;

    @Test
    void theLongestFitsAndComesBack() {
        for (String character : List.of("\u4E2D", "\uD83D\uDE00", "\"", "é")) {
            var longest = new Authorship(
                    Optional.of(character.repeat(Authorship.MAX_AUTHOR / character.length())),
                    Optional.of(character.repeat(Authorship.MAX_REASON / character.length())),
                    Instant.parse("2026-11-21T10:00:00.123Z"),
                    OptionalInt.of(999_999_999));

            String text = AuthorshipJson.write(longest);

            assertThat(text).matches("[A-Za-z0-9_-]+").hasSizeLessThan(ROOM);
            assertThat(AuthorshipJson.read(text)).isEqualTo(longest);
        }
    }

    @Test
    void anythingElseIsRefused() {
        for (String text : List.of("", "%", "AAAA", "e30")) {
            assertThatThrownBy(() -> AuthorshipJson.read(text)).as(text).isInstanceOf(MalformedException.class);
        }
    }
}
