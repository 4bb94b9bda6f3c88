package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link BearerToken} promises:
 *
 * <ul>
 *   <li>a header carries it only if it is the whole token, after the word Bearer;
 *   <li>a file without a sound token is refused, and the refusal does not show what it holds.
 * </ul>
 */
class BearerTokenTest {
    private static final String TOKEN = "a-token-of-the-test_01==";

    @TempDir
    Path folder;

    @Test
    void aHeaderCarriesOnlyTheWholeToken() throws IOException {
        BearerToken token = BearerToken.read(file(" " + TOKEN + "\n"));

        assertThat(token.isIn(Optional.of("Bearer " + TOKEN))).isTrue();
        assertThat(token.isIn(Optional.of("bearer  " + TOKEN))).isTrue();
        for (String wrong : List.of(
                "",
                "Bearer",
                "Bearer ",
                TOKEN,
                "Basic " + TOKEN,
                "Bearer " + TOKEN + "x",
                "Bearer " + TOKEN.substring(1),
                "Bearer " + TOKEN + " " + TOKEN,
                "Bearer " + "a".repeat(100_000))) {
            assertThat(token.isIn(Optional.of(wrong))).as(wrong).isFalse();
        }
        assertThat(token.isIn(Optional.empty())).isFalse();
    }

    @Test
    void aFileWithoutASoundTokenIsRefusedWithoutShowingIt() throws IOException {
        for (String held :
                List.of("", "\n", "too-short", "two-tokens-of-the one-file-of-it", "ä".repeat(20), "x".repeat(600))) {
            Path file = file(held);
            assertThatThrownBy(() -> BearerToken.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the token file must hold one token of 16 to 512");
        }
        assertThatThrownBy(() -> BearerToken.read(folder.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the token file cannot be read: NoSuchFileException");
    }

    private Path file(String held) throws IOException {
        return Files.writeString(folder.resolve("token"), held);
    }
}
