package dev.sluice.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * From the client's time to event time. A clock that is wrong by more than {@code skew} is corrected by the same offset
 * for every event of a request; a smaller difference is network delay, and correcting it could reorder one device's
 * events. Nothing may claim to happen later than {@code future} after it was received: then it happened when received.
 *
 * @param skew more than this between {@code sentAt} and {@code receivedAt} is a wrong clock, 0 to 1 day
 * @param future how far ahead of {@code receivedAt} an event may be, 0 to 1 day
 */
public record ClockCorrection(Duration skew, Duration future) {
    public ClockCorrection {
        Require.within("clock.skew", skew, Duration.ZERO, Duration.ofDays(1));
        Require.within("clock.future", future, Duration.ZERO, Duration.ofDays(1));
    }

    /** Event time, in whole milliseconds if the arguments are. */
    public Instant correct(Instant original, Optional<Instant> sentAt, Instant receivedAt) {
        Instant corrected = original.plus(offset(sentAt, receivedAt));
        return corrected.isAfter(receivedAt.plus(future)) ? receivedAt : corrected;
    }

    /** As {@link #correct(Instant, Optional, Instant)} of a client that said when it sent, in milliseconds since 1970. */
    public long correct(long original, long sentAt, long receivedAt) {
        long apart = receivedAt - sentAt;
        long corrected = Math.abs(apart) > skew.toMillis() ? original + apart : original;
        return corrected > receivedAt + future.toMillis() ? receivedAt : corrected;
    }

    private Duration offset(Optional<Instant> sentAt, Instant receivedAt) {
        Duration apart = sentAt.map(sent -> Duration.between(sent, receivedAt)).orElse(Duration.ZERO);
        return apart.abs().compareTo(skew) > 0 ? apart : Duration.ZERO;
    }
}
