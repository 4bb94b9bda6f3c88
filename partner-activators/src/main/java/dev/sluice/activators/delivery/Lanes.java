package dev.sluice.activators.delivery;

import dev.sluice.activators.ledger.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What those share who tell one connection's partner side by side in one function: the bound of calls under way, how many
 * waves of them are asked for at once, and how long it takes to claim them. Thread-safe.
 */
final class Lanes {
    /** Of more, the rest is late. */
    private static final Duration LONGEST_CLAIMING = Duration.ofMillis(500);

    private static final double NANOS = 1e9;

    private final Flow.Id id;
    private final Telling telling;
    private final int count;
    private final Semaphore atOnce;
    private final AtomicInteger waves = new AtomicInteger(1);
    private final boolean findsOut;
    private final Set<String> parked = ConcurrentHashMap.newKeySet();
    private final Set<String> freed = ConcurrentHashMap.newKeySet();
    private Instant arrival = Instant.EPOCH;
    private volatile Duration claiming = Duration.ZERO;

    /** @param count of lanes, 1 or more */
    Lanes(Flow.Id id, Telling telling, int count) {
        this(id, telling, count, false);
    }

    /**
     * Lanes by which parked audiences are tried once in a while.
     *
     * @param findsOut whether they are: {@link #freed} must be looked at in the end then
     */
    Lanes(Flow.Id id, Telling telling, int count, boolean findsOut) {
        this.findsOut = findsOut;
        this.id = id;
        this.telling = telling;
        this.count = count;
        this.atOnce =
                new Semaphore(telling.partner().limits(telling.connection()).callsAtOnce(), true);
    }

    Flow.Id id() {
        return id;
    }

    Telling telling() {
        return telling;
    }

    /** Whether somebody of a parked audience may find out whether it still is. */
    boolean findsOut() {
        return findsOut;
    }

    /** These audiences are parked, as far as is known. */
    void parked(Collection<String> audiences) {
        parked.addAll(audiences);
    }

    /** The partner took somebody into an audience, or out of it. */
    void told(String audience) {
        if (parked.contains(audience)) {
            freed.add(audience);
        }
    }

    /** Audiences that are parked although the partner took somebody. */
    Set<String> freed() {
        return Set.copyOf(freed);
    }

    /** One permit for each call that may be under way. */
    Semaphore atOnce() {
        return atOnce;
    }

    /** How many times as many calls as may be under way a lane asks leave for. */
    int waves() {
        return waves.get();
    }

    /** How long it takes from having leave to the first call, as far as is known. */
    Duration claiming() {
        return claiming;
    }

    /** Claiming took so long. */
    void claimed(Duration took) {
        claiming = took.compareTo(LONGEST_CLAIMING) < 0 ? took : LONGEST_CLAIMING;
    }

    /**
     * When a call begins that has leave to begin then: later if calls of other lanes came so late that together they would
     * be more than the rate and a second's burst.
     *
     * @param begin not in the past
     */
    synchronized Instant turn(Instant begin, double callsPerSecond) {
        Instant oldest = begin.minus(FlowLimits.DEFAULT.burst());
        Instant due = arrival.isAfter(oldest) ? arrival : oldest;
        arrival = due.plusNanos((long) Math.ceil(NANOS / callsPerSecond));
        return due.isAfter(begin) ? due : begin;
    }

    /**
     * More and more while all goes well, as few as can be after something did not.
     *
     * @param most of all lanes together
     */
    void went(boolean well, int most) {
        waves.updateAndGet(before -> well ? Math.min(2 * before, Math.max(1, most / count)) : 1);
    }
}
