package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.profile.JsonScan.OtherForm;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Promises: an instant comes back as it was written; of text in which any one character is another one, what is read is what
 * the JDK reads, or nothing.
 */
class InstantScanTest {
    private static final String BEHIND = "\",      ";

    @Test
    void anInstantIsReadAsTheJdkReadsIt() {
        var random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = instant(random);
            assertThat(scanned(instant.toString())).contains(instant);
        }
    }

    @Test
    void ofDamagedTextNothingIsReadThatTheJdkDoesNotRead() {
        var random = new SplittableRandom(12);
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder(instant(random).toString());
            int place = random.nextInt(text.length());
            for (char c = 0; c < 0x100; c++) {
                text.setCharAt(place, c);
                Optional<Instant> scanned = scanned(text.toString());
                if (scanned.isPresent()) {
                    assertThat(scanned).as(text.toString()).isEqualTo(byJdk(text.toString()));
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(2_000);
    }

    @Test
    void zeroBytesAreNoDate() {
        assertThat(scanned("\0".repeat(8) + "00T00:00:00Z")).isEmpty();
        assertThat(scanned("\0".repeat(8) + "01T00:00:00Z")).isEmpty();
    }

    @Test
    void whatIsCutShortIsNoInstant() {
        assertThat(new JsonScanOf("\"2026-11-21T08:40:1").instant()).isEmpty();
    }

    private static Instant instant(SplittableRandom random) {
        long second = random.nextLong(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(), 253_402_300_800L);
        return random.nextBoolean()
                ? Instant.ofEpochSecond(second)
                : Instant.ofEpochSecond(second, 1_000_000L * random.nextInt(1, 1_000));
    }

    private static Optional<Instant> byJdk(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> scanned(String text) {
        return new JsonScanOf("\"" + text + BEHIND).instant();
    }

    /** The reader of a text whose characters are bytes. */
    private record JsonScanOf(String text) {
        Optional<Instant> instant() {
            try {
                return Optional.of(new JsonScan(text.getBytes(StandardCharsets.ISO_8859_1)).instant());
            } catch (OtherForm e) {
                return Optional.empty();
            }
        }
    }
}
