package dev.sluice.tracker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises: a time is written as Java writes it and comes back; any other form is left to a reader that knows it. */
final class UtcMillisTest {
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Test
    void aTimeIsWrittenAsAnInstantIsAndComesBack() {
        var random = new SplittableRandom(20_261_121L);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(LAST + 1) / (i % 3 == 0 ? 1000 : 1) * (i % 3 == 0 ? 1000 : 1);
            byte[] text = new byte[UtcMillis.MOST_BYTES];
            int end = UtcMillis.write(millis, text, 0);

            assertThat(new String(text, 0, end, StandardCharsets.US_ASCII))
                    .isEqualTo(Instant.ofEpochMilli(millis).toString());
            assertThat(UtcMillis.read(text, 0, end)).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T00:60:00Z",
                "2026-11-21T00:00:60Z",
                "2026-11-21 00:00:00Z",
                "2026-11-21T00:00:00z",
                "2026-11-21T00:00:00+",
                "-026-11-21T00:00:00Z",
                "2026-11-21T00:00:00.12Z",
                "2026-11-21T00:00:00.1234Z",
                "2026-11-21T00:00:00,123Z",
                "",
                "Z"
            })
    void anyOtherFormIsNotRead(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(UtcMillis.read(bytes, 0, bytes.length)).isEqualTo(UtcMillis.NONE);
    }
}
