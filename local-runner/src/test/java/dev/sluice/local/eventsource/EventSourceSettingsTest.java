package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings promise: Lambda's limits hold, and what is outside is named. */
final class EventSourceSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, -1, batchSize",
        "10001, 0, 0, -1, batchSize",
        "1, -1, 0, -1, batchingWindow",
        "1, 301, 0, -1, batchingWindow",
        "1, 0, -2, -1, maximumRetryAttempts",
        "1, 0, 10001, -1, maximumRetryAttempts",
        "1, 0, 0, 59, maximumRecordAge",
        "1, 0, 0, 604801, maximumRecordAge",
        "1, 0, 0, -2, maximumRecordAge"
    })
    void whatIsOutsideIsNamed(int batchSize, int windowSeconds, int retries, int ageSeconds, String name) {
        assertThatThrownBy(() -> settings(batchSize, windowSeconds, retries, ageSeconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThatCode(() -> settings(1, 0, -1, -1)).doesNotThrowAnyException();
        assertThatCode(() -> settings(10_000, 300, 10_000, 604_800)).doesNotThrowAnyException();
        assertThatCode(() -> settings(1, 0, 0, 60)).doesNotThrowAnyException();
    }

    private static EventSourceSettings settings(int batchSize, int windowSeconds, int retries, int ageSeconds) {
        return new EventSourceSettings(
                batchSize,
                Duration.ofSeconds(windowSeconds),
                retries,
                Duration.ofSeconds(ageSeconds),
                true,
                true,
                false);
    }
}
