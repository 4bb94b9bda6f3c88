package dev.sluice.local.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A delivery promises:
 * it is due at its size or when its first record has waited; more is refused until it is taken; its key carries the
 * arrival of its oldest record in UTC; bounds outside of the cloud's are refused.
 */
final class DeliveryBufferTest {
    private static final Instant NOW = Instant.parse("2026-11-21T23:59:58.500Z");
    private static final UUID ID = new UUID(1, 2);
    private static final FirehoseSettings SETTINGS =
            new FirehoseSettings("events", "lake", "raw/", 4, Duration.ofSeconds(3));

    private final DeliveryBuffer buffer = new DeliveryBuffer(SETTINGS);

    @Test
    void itIsDueAtItsSizeAndMoreIsRefusedUntilItIsTaken() {
        assertThat(buffer.offer(new byte[3], NOW, NOW)).isTrue();
        assertThat(buffer.due(NOW)).isFalse();
        assertThat(buffer.offer(new byte[3], NOW, NOW)).isTrue();
        assertThat(buffer.due(NOW)).isTrue();
        assertThat(buffer.offer(new byte[1], NOW, NOW)).isFalse();

        assertThat(buffer.take(ID)).hasValueSatisfying(it -> {
            assertThat(it.body()).hasSize(6);
            assertThat(it.records()).isEqualTo(2);
        });
        assertThat(buffer.offer(new byte[1], NOW, NOW)).isTrue();
    }

    @Test
    void itIsDueWhenItsFirstRecordHasWaited() {
        buffer.offer(new byte[1], NOW, NOW);
        buffer.offer(new byte[1], NOW, NOW.plusSeconds(2));

        assertThat(buffer.due(NOW.plusMillis(2_999))).isFalse();
        assertThat(buffer.due(NOW.plusSeconds(3))).isTrue();
    }

    @Test
    void nothingIsNeverDue() {
        assertThat(buffer.due(Instant.MAX)).isFalse();
        assertThat(buffer.take(ID)).isEmpty();
    }

    @Test
    void itsKeyCarriesTheArrivalOfItsOldestRecordInUtc() {
        buffer.offer(new byte[1], NOW.plusSeconds(5), NOW.plusSeconds(9));
        buffer.offer(new byte[1], NOW, NOW.plusSeconds(9));

        assertThat(buffer.take(ID))
                .hasValueSatisfying(
                        it -> assertThat(it.key(SETTINGS))
                                .isEqualTo(
                                        "raw/2026/11/21/23/events-1-2026-11-21-23-59-58-00000000-0000-0001-0000-000000000002.gz"));
    }

    @Test
    void itsKeyEndsAsItsRecordsAreCompressed() {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
        buffer.offer(zstd, NOW, NOW.plusSeconds(9));

        assertThat(buffer.take(ID))
                .hasValueSatisfying(it -> assertThat(it.key(SETTINGS)).endsWith(".zst"));
    }

    @Test
    void boundsOutsideOfTheCloudsAreRefused() {
        assertThatThrownBy(() -> new FirehoseSettings("s", "b", "", 0, Duration.ofSeconds(1)))
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() ->
                        new FirehoseSettings("s", "b", "", FirehoseSettings.CLOUD_BYTES + 1, Duration.ofSeconds(1)))
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> new FirehoseSettings("s", "b", "", 1, Duration.ofMinutes(16)))
                .hasMessageContaining("maxWait");
        assertThatThrownBy(() -> new FirehoseSettings("s", "b", "", 1, Duration.ZERO))
                .hasMessageContaining("maxWait");
    }
}
