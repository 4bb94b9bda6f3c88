package dev.sluice.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event by its canonical copy: the one that was received first.
 *
 * @param receivedAt when the tracker intercepted the copy's request
 * @param sentAt the client's clock when it sent that request; null if it did not say
 */
public record Arrival(
        ClientEvent event, Instant receivedAt, @Nullable Instant sentAt) {
    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

    /**
     * When it happened: the client's time; moved by the clock's error if that is more than a minute; never more than a
     * minute after the receipt. Whole milliseconds.
     */
    public Instant eventTime() {
        Instant claimed = event.clientTime();
        Instant time = claimed != null ? claimed : receivedAt;
        if (sentAt != null) {
            Duration clockError = Duration.between(sentAt, receivedAt);
            if (clockError.abs().compareTo(TOLERATED_SKEW) > 0) {
                time = time.plusMillis(clockError.toMillis());
            }
        }
        Instant bound = receivedAt.plus(TOLERATED_SKEW);
        return (time.isAfter(bound) ? receivedAt : time).truncatedTo(ChronoUnit.MILLIS);
    }
}
