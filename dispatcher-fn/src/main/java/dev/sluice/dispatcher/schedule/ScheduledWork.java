package dev.sluice.dispatcher.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Works in rounds until there is no more to do or no more time. Used by one thread. */
public final class ScheduledWork {
    private final TimeKeeping classifier;

    public ScheduledWork(TimeKeeping classifier) {
        this.classifier = classifier;
    }

    /**
     * What was done.
     *
     * @param people looked at
     * @param changed of them, whose profile was written
     * @param later of them, who could not be looked at
     * @param next where to go on; empty if all was done
     * @param problem why it stopped before; empty if it did not
     */
    public record Summary(long people, long changed, long later, Optional<String> next, Optional<String> problem) {
        static final Summary NOTHING = new Summary(0, 0, 0, Optional.empty(), Optional.empty());

        Summary and(TimeKeeping.Answer answer, Optional<String> cursor) {
            return switch (answer) {
                case TimeKeeping.Looked(var more, var written, var left, var goOn) ->
                    new Summary(people + more, changed + written, later + left, goOn, Optional.empty());
                case TimeKeeping.Unavailable(var reason) ->
                    new Summary(people, changed, later, cursor, Optional.of(reason));
            };
        }
    }

    /**
     * Acts on who is due, again and again with a pause in between, as long as there is time: a schedule of a minute then
     * still acts within seconds. What fails is tried again after the pause.
     *
     * @param time whether there is time for one more round
     */
    public Summary due(BooleanSupplier time, Duration pause) {
        Summary summary = Summary.NOTHING;
        while (time.getAsBoolean()) {
            summary = summary.and(classifier.round(), Optional.empty());
            if (summary.next().isEmpty()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        return summary;
    }

    /**
     * Checks everyone from a cursor on, until all are checked, time is over, or the classifier is away.
     *
     * @param cursor of an audit that was broken off; empty to begin
     * @param releasing who was found without a state before this moment has been rebuilt and is held no longer
     */
    public Summary audit(BooleanSupplier time, Optional<String> cursor, Optional<Instant> releasing) {
        Summary summary = new Summary(0, 0, 0, cursor, Optional.empty());
        do {
            summary = summary.and(classifier.page(summary.next(), releasing), summary.next());
        } while (summary.next().isPresent() && summary.problem().isEmpty() && time.getAsBoolean());
        return summary;
    }
}
