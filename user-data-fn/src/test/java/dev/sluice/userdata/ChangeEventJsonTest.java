package dev.sluice.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The golden payload of the trigger gives the golden line of the stream, and the line's length is bounded. */
final class ChangeEventJsonTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:01Z");
    /** The classifier's bound of a line. */
    private static final int MAX_LINE = 32 * 1024;

    @Test
    void theGoldenPayloadGivesTheGoldenEvent() {
        RowChange change = RowChangeJson.read(golden("row-change.json"), RowLimits.DEFAULT);

        assertThat(new String(ChangeEventJson.write(change, RECEIVED), StandardCharsets.UTF_8) + "\n")
                .isEqualTo(new String(golden("change-event.json"), StandardCharsets.UTF_8));
    }

    @Test
    void theLongestRowMakesALineWithinTheBoundOfLines() {
        String column = "x".repeat(RowLimits.DEFAULT.traitsBytes() - "{'c':''}".length());
        String payload =
                "{'v':1,'op':'insert','account':'demo','userId':'%s','version':%d,'changedAt':'%s','row':{'c':'%s'}}"
                        .formatted("€".repeat(256), Long.MAX_VALUE, RECEIVED, column)
                        .replace('\'', '"');
        RowChange change = RowChangeJson.read(payload.getBytes(StandardCharsets.UTF_8), RowLimits.DEFAULT);

        assertThat(ChangeEventJson.write(change, RECEIVED)).hasSizeBetween(RowLimits.DEFAULT.traitsBytes(), MAX_LINE);
    }

    private static byte[] golden(String name) {
        try (InputStream in =
                Objects.requireNonNull(ChangeEventJsonTest.class.getResourceAsStream("/golden/v1/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
