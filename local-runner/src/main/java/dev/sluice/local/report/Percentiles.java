package dev.sluice.local.report;

import dev.sluice.local.partner.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Two percentiles in milliseconds by the nearest rank, and of how many; all 0 if of none. */
public record Percentiles(double p50, double p99, int count) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Of durations in nanoseconds. */
    public static Percentiles ofNanos(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return new Percentiles(nearestRank(sorted, 0.50), nearestRank(sorted, 0.99), sorted.length);
    }

    /** From the client's first POST of the causing event to the arrival at the partner, where an event was the cause. */
    public static Percentiles fromPost(List<Delivery> deliveries, Function<String, OptionalLong> firstSentNanos) {
        return ofNanos(deliveries.stream().filter(Delivery::ofEvent).flatMapToLong(delivery -> {
            String eventId = delivery.eventId();
            OptionalLong sent = eventId == null ? OptionalLong.empty() : firstSentNanos.apply(eventId);
            return sent.isPresent() ? LongStream.of(delivery.arrivedNanos() - sent.getAsLong()) : LongStream.empty();
        }));
    }

    /** From the tracker's interception of the causing event to the arrival at the partner, by the wall clock. */
    public static Percentiles fromInterception(List<Delivery> deliveries) {
        return ofNanos(deliveries.stream().filter(Delivery::ofEvent).flatMapToLong(delivery -> {
            Instant receivedAt = delivery.eventReceivedAt();
            return receivedAt == null
                    ? LongStream.empty()
                    : LongStream.of(
                            Duration.between(receivedAt, delivery.arrivedAt()).toNanos());
        }));
    }

    /**
     * From the moment at which time changed an answer to the arrival at the partner, of moments during the run: what was due
     * before, by events that came late, is counted by those events.
     *
     * @param took how long the run took, to its last delivery
     */
    public static Percentiles fromDue(List<Delivery> deliveries, Duration took) {
        Instant began = deliveries.stream()
                .map(Delivery::arrivedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH)
                .minus(took);
        return ofNanos(deliveries.stream()
                .filter(delivery -> delivery.ofTime() && delivery.at().isAfter(began))
                .mapToLong(delivery ->
                        Duration.between(delivery.at(), delivery.arrivedAt()).toNanos()));
    }

    private static double nearestRank(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Math.round(sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI * 10) / 10.0;
    }
}
