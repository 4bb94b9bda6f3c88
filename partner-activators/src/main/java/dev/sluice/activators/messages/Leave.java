package dev.sluice.activators.messages;

import dev.sluice.activators.delivery.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Leave to make one connection's calls one after the other, at its pace and beside whoever else tells it: asked for some calls
 * at once. For one thread.
 */
final class Leave {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Calls for which leave is asked at once, and how long it is of use. */
    private static final int CALLS = 10;

    private static final Duration OF_USE = Duration.ofSeconds(30);
    private static final Duration LEAST_WAIT = Duration.ofMillis(100);
    private static final int MOST_ASKED = 1_000;

    private final Sending.Ports ports;
    private final Flow.Id id;
    private final BooleanSupplier stopped;
    private int left;
    private Instant next = Instant.MIN;
    private Instant until = Instant.MIN;
    private Duration apart = Duration.ZERO;

    /** @param stopped whether nobody needs leave any more */
    Leave(Sending.Ports ports, Flow.Id id, BooleanSupplier stopped) {
        this.ports = ports;
        this.id = id;
        this.stopped = stopped;
    }

    /** What came of asking. */
    enum Answer {
        /** One call may be made now. */
        GIVEN,
        /** None for long. */
        NONE,
        /** None until somebody has put something right. */
        PARKED
    }

    /** Waits until a call of an audience may be made. */
    Answer await(String audience) {
        Instant end = ports.clock().instant().plus(PATIENCE);
        for (int asked = 0; asked < MOST_ASKED; asked++) {
            if (left > 0 && ports.clock().instant().isBefore(until)) {
                pause(Duration.between(ports.clock().instant(), next));
                left--;
                next = next.plus(apart);
                return Answer.GIVEN;
            }
            Flow.Permit permit = ask();
            if (permit.parked().contains("") || permit.parked().contains(audience)) {
                return Answer.PARKED;
            }
            if (stopped.getAsBoolean()) {
                return Answer.NONE;
            }
            if (left == 0) {
                Duration wait = wait(permit);
                if (Thread.currentThread().isInterrupted()
                        || !ports.clock().instant().plus(wait).isBefore(end)) {
                    return Answer.NONE;
                }
                pause(wait);
            }
        }
        return Answer.NONE;
    }

    /** The call that leave was given for last is not made: the next one may be made instead. */
    void keep() {
        left++;
    }

    /** What is left was given before the service said that it has enough for now. */
    void drop() {
        left = 0;
    }

    private Flow.Permit ask() {
        until = ports.clock().instant().plus(OF_USE);
        Flow.Permit permit = ports.flow().permit(id, ports.partner().limits(), CALLS, until);
        left = permit.calls();
        next = permit.from();
        apart = permit.apart();
        return permit;
    }

    private Duration wait(Flow.Permit permit) {
        Duration wait = Duration.between(ports.clock().instant(), permit.from());
        return wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
    }

    private void pause(Duration wait) {
        if (wait.isPositive()) {
            ports.pause().last(wait);
        }
    }
}
