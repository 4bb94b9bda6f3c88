package dev.sluice.activators.delivery;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast one connection may be told, known to all functions that tell it: a rate that adapts to the partner's answers, a
 * breaker, and what is parked. Thread-safe.
 */
public interface Flow {
    /** One connection of one account. */
    record Id(String account, String connection) {}

    /**
     * Leave to make calls: the first not before {@code from}, each further one {@code apart} later.
     *
     * @param calls 0 if none may be made now: then {@code from} says when to ask again
     * @param parked audiences (the partner's ids) of which nothing may be sent
     */
    record Permit(int calls, Instant from, Duration apart, List<String> parked) {
        public Permit {
            parked = List.copyOf(parked);
        }
    }

    /**
     * What calls came to. Calls that were refused because they came too fast are neither answered nor failed; the pace
     * says so.
     *
     * @param answered calls that the partner answered in a way that shows it to be well, rejections included
     * @param failed calls that it did not answer, or as one who is ill does
     * @param took how long they took, as far as that is known
     */
    record Report(int answered, int failed, Pace pace, List<Parking> parkings, Took took) {
        public Report {
            parkings = List.copyOf(parkings);
        }

        /** Of calls of which nobody knows how long they took. */
        public Report(int answered, int failed, Pace pace, List<Parking> parkings) {
            this(answered, failed, pace, parkings, new Took(0, Duration.ZERO));
        }

        /** The same of one call that took so long; nothing is learnt of that from one that the partner did not get. */
        Report after(Duration duration) {
            boolean tells = answered + failed > 0 || pace.tooFast();
            return new Report(answered, failed, pace, parkings, new Took(tells ? 1 : 0, duration));
        }

        /** What this and later calls came to, if all were answered. */
        public Report and(Report later) {
            var both = new Took(took.calls + later.took.calls, took.all.plus(later.took.all));
            return new Report(answered + later.answered, 0, pace.and(later.pace), parkings, both);
        }

        /** What one call came to: of these deliveries, with this answer. */
        public static Report of(List<Delivery> batch, Answer answer) {
            boolean isWell = answer.outcomes().stream().anyMatch(outcome -> !(outcome instanceof Outcome.RetryLater));
            // What one delivery waits for, morning where the person lives say, is no sign of illness.
            boolean isIll = answer.outcomes().stream()
                    .anyMatch(outcome -> outcome instanceof Outcome.RetryLater later
                            && later.notBefore().isEmpty());
            boolean isFailure = !isWell && isIll && !answer.pace().tooFast();
            List<Parking> parkings = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (answer.outcomes().get(i) instanceof Outcome.Parked(String reason, Outcome.Parked.Scope scope)) {
                    parkings.add(
                            switch (scope) {
                                case AUDIENCE -> new Parking(batch.get(i).audience(), reason);
                                case CONNECTION -> new Parking("", reason);
                            });
                }
            }
            return new Report(
                    isWell ? 1 : 0,
                    isFailure ? 1 : 0,
                    answer.pace(),
                    parkings.stream().distinct().toList());
        }
    }

    /** How long so many calls took, one after the other. */
    record Took(int calls, Duration all) {}

    /**
     * That something is parked from now on.
     *
     * @param audience the partner's id; empty of the whole connection
     */
    record Parking(String audience, String reason) {}

    /**
     * Asks for leave to make up to {@code calls} calls that begin before {@code until}.
     *
     * @throws UnreachableException if it is not known: then nothing may be sent
     */
    default Permit permit(Id connection, PartnerLimits limits, int calls, Instant until) {
        return permit(connection, limits, calls, Instant.MIN, until);
    }

    /**
     * The same for calls that cannot begin before {@code ready}, since something has to be written first: what passes until
     * then counts as unused too, so that nobody makes up for more than the rate's burst.
     *
     * @throws UnreachableException if it is not known: then nothing may be sent
     */
    Permit permit(Id connection, PartnerLimits limits, int calls, Instant ready, Instant until);

    /** Says what calls came to. What cannot be noted is lost, and learnt again. */
    void report(Id connection, PartnerLimits limits, Report report);

    /**
     * Whether its calls have lately taken so long ({@link FlowLimits#slow} on the average) that nobody should have to wait until
     * they are over. A function may learn only by a call of its own what others have found.
     *
     * @throws UnreachableException if it is not known
     */
    boolean isSlow(Id connection);

    /** How it stands, for people; and lets parked things go again. */
    Standing standing(Id connection, PartnerLimits limits);

    /** Lets what is parked go again. Returns whether anything was. */
    boolean resume(Id connection, String audience);

    /**
     * How a connection stands.
     *
     * @param callsPerSecond that it may be told now
     * @param closedUntil the breaker is open, or the partner asked to be left alone, until then; {@link Instant#MIN} if not
     */
    record Standing(double callsPerSecond, Instant closedUntil, List<Parking> parkings) {
        public Standing {
            parkings = List.copyOf(parkings);
        }

        /** Whether the whole connection is parked. */
        boolean isParked() {
            return parkings.stream().anyMatch(parking -> parking.audience().isEmpty());
        }
    }
}
