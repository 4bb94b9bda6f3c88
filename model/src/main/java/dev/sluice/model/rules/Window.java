package dev.sluice.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A part of the past, in event time to the millisecond. No window reaches beyond the event being looked at. Immutable.
 */
public sealed interface Window {

    /**
     * {@code (t − length, t]}, t being the moment of evaluation. A day is 24 hours, whatever the clocks do.
     *
     * @param length whole milliseconds, positive, at most {@link RuleLimits#MAX_WINDOW}
     */
    record Last(Duration length) implements Window {
        public Last {
            RuleLimits.duration("last", length);
        }
    }

    /** From the start of one calendar day of {@code zone} to the end of another, both included. */
    record Between(LocalDate from, LocalDate to, ZoneId zone) implements Window {
        public Between {
            RuleLimits.date(from);
            RuleLimits.date(to);
            RuleLimits.zone(zone);
            if (to.isBefore(from)) {
                throw new InvalidRuleException("the window from " + from + " to " + to + " ends before it begins");
            }
        }

        /** The first moment of it. */
        public Instant opens() {
            return from.atStartOfDay(zone).toInstant();
        }

        /** The first moment after it. */
        public Instant closes() {
            return to.plusDays(1).atStartOfDay(zone).toInstant();
        }
    }

    /** All that is kept. */
    record Ever() implements Window {}
}
