package dev.sluice.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * From the client's time to event time. A clock that is wrong by more than {@code skew} is corrected by the same offset
 * for every event of a request; a smaller difference is network delay, and correcting it could reorder one device's
 * events. Nothing may claim to happen later than {@code future} after it was received: then it happened when received.
 *
 * <p>Some libraries write {@code sentAt} when they put a request into their queue, and send it unchanged until it is
 * taken. So a {@code sentAt} of theirs that lies before the receipt tells how long the device was offline and nothing of
 * its clock: their times are never moved forward. One that lies ahead of the receipt is a wrong clock, whoever says it.
 *
 * @param skew more than this between {@code sentAt} and {@code receivedAt} is a wrong clock, 0 to 1 day
 * @param future how far ahead of {@code receivedAt} an event may be, 0 to 1 day
 * @param queuingLibraries the names of these libraries, as {@code context.library.name} says them
 */
public record ClockCorrection(Duration skew, Duration future, Set<String> queuingLibraries) {
    /** Those of Segment's SDKs that do: the others write {@code sentAt} anew at each try. */
    public static final Set<String> QUEUING_LIBRARIES =
            Set.of("analytics-kotlin", "analytics-swift", "Analytics-CSharp", "analytics-java", "analytics-go");

    public ClockCorrection {
        Require.within("clock.skew", skew, Duration.ZERO, Duration.ofDays(1));
        Require.within("clock.future", future, Duration.ZERO, Duration.ofDays(1));
        queuingLibraries = Set.copyOf(queuingLibraries);
    }

    /** With {@link #QUEUING_LIBRARIES}. */
    public ClockCorrection(Duration skew, Duration future) {
        this(skew, future, QUEUING_LIBRARIES);
    }

    /**
     * Event time, in whole milliseconds if the arguments are.
     *
     * @param library the client's, as {@code context.library.name} says
     */
    public Instant correct(Instant original, Optional<Instant> sentAt, Instant receivedAt, Optional<String> library) {
        Instant told = sentAt.filter(sent -> !isBehind(sent.toEpochMilli(), receivedAt.toEpochMilli())
                        || !library.map(this::isQueuing).orElse(false))
                .orElse(receivedAt);
        Duration apart = Duration.between(told, receivedAt);
        Instant corrected = apart.abs().compareTo(skew) > 0 ? original.plus(apart) : original;
        return corrected.isAfter(receivedAt.plus(future)) ? receivedAt : corrected;
    }

    /** Of a client that said when it sent, by a clock that can be believed; in milliseconds since 1970. */
    public long correct(long original, long sentAt, long receivedAt) {
        long apart = receivedAt - sentAt;
        long corrected = Math.abs(apart) > skew.toMillis() ? original + apart : original;
        return corrected > receivedAt + future.toMillis() ? receivedAt : corrected;
    }

    /** Whether the client's clock is behind, unless its request waited in a queue. */
    public boolean isBehind(long sentAt, long receivedAt) {
        return receivedAt - sentAt > skew.toMillis();
    }

    /** Whether this library's requests may have waited in a queue since their {@code sentAt}. */
    public boolean isQueuing(String library) {
        return queuingLibraries.contains(library);
    }
}
