package dev.sluice.rules.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.model.rules.InvalidRuleException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What {@link Problem} and {@link Draft} promise:
 *
 * <ul>
 *   <li>the place that the model names becomes the path, and the message is what is left;
 *   <li>what is about the whole has no path; nothing typed is taken for a path;
 *   <li>a long message is cut, between characters;
 *   <li>a body that does not say segments is refused rather than read as none.
 * </ul>
 */
class ProblemTest {
    @Test
    void thePlaceBecomesThePath() {
        assertThat(problem("segments[2].when.allOf[0].count.where[1]: expected one: of these"))
                .isEqualTo(new Problem("segments[2].when.allOf[0].count.where[1]", "expected one: of these"));
        assertThat(problem("segments[0]: id must be a string"))
                .isEqualTo(new Problem("segments[0]", "id must be a string"));
    }

    @Test
    void nothingTypedIsTakenForAPath() {
        for (String message : new String[] {
            "segment x is among its own parents",
            "unknown key \"segments[0]: x\"; expected one of [segments]",
            "segments[0].<b>: x",
            "segments[99999999]: x"
        }) {
            assertThat(problem(message)).isEqualTo(new Problem("", message));
        }
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        assertThat(problem("x".repeat(300)).message()).isEqualTo("x".repeat(300));
        assertThat(problem("x".repeat(301)).message()).hasSize(300).endsWith("x…");
        String faces = problem("\uD83D\uDE00".repeat(200)).message();
        assertThat(faces.length()).isLessThanOrEqualTo(300);
        assertThat(faces.chars()
                        .filter(c -> Character.isHighSurrogate((char) c))
                        .count())
                .isEqualTo(faces.chars()
                        .filter(c -> Character.isLowSurrogate((char) c))
                        .count());
    }

    @Test
    void aBodyThatDoesNotSaySegmentsIsRefused() {
        assertThat(draft("{}")).isEqualTo(new Problem("segments", "is missing; to publish none, say []"));
        assertThat(draft("{\"segments\":null}").path()).isEqualTo("segments");
        assertThat(draft("{\"segments\":5}")).isEqualTo(new Problem("segments", "segments must be an array"));
        assertThat(draft("{\"segments\":[],\"v\":1}"))
                .isEqualTo(new Problem("", "unknown key \"v\"; expected one of [segments]"));
        assertThat(Draft.read("{\"segments\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static Problem draft(String body) {
        return Problem.of(catchThrowableOfType(
                InvalidRuleException.class, () -> Draft.read(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static Problem problem(String message) {
        return Problem.of(new InvalidRuleException(message));
    }
}
