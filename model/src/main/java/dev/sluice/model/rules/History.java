package dev.sluice.model.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * A condition on what the person has done: on those of the person's events, up to and including the one being looked
 * at, that lie in {@link #window()} and pass a filter.
 */
public sealed interface History extends Condition {
    /** Which part of the past is meant. */
    Window window();

    /** The filters of which events are meant: one, or two of a sequence. */
    List<EventFilter> filters();

    /** One answer for each kind of condition on history. */
    interface Cases<R> {
        R eventCount(EventCount count);

        R total(Total total);

        R distinct(Distinct distinct);

        R days(Days days);

        R moment(Moment moment);

        R sequence(Sequence sequence);
    }

    /**
     * Compares how many events there are. {@code EXACTLY} 0 is "did not".
     *
     * @param count 0 to {@value RuleLimits#MAX_COUNT}
     */
    record EventCount(EventFilter filter, Window window, Operator operator, int count) implements History {
        public EventCount {
            RuleLimits.count(count);
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.eventCount(this);
        }
    }

    /** What is made of the numbers of many events. */
    enum Aggregate {
        /** 0 of no numbers. */
        SUM,
        AVERAGE,
        MINIMUM,
        MAXIMUM
    }

    /**
     * Compares the sum, average, minimum or maximum of a property. Events of which the property is no number are left
     * out; of no numbers at all there is no average, minimum or maximum, and the condition is false. An average is
     * compared without dividing: {@code sum} with {@code than × count}.
     */
    record Total(
            Aggregate aggregate, String property, EventFilter filter, Window window, Operator operator, BigDecimal than)
            implements History {
        public Total {
            RuleLimits.name("property", property);
            than = RuleLimits.number(than);
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.total(this);
        }
    }

    /**
     * Compares how many different values a property has had: texts, numbers and flags, different as {@code equals} says;
     * lists, objects and missing ones are left out.
     */
    record Distinct(String property, EventFilter filter, Window window, Operator operator, int count)
            implements History {
        public Distinct {
            RuleLimits.name("property", property);
            RuleLimits.count(count);
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.distinct(this);
        }
    }

    /** Compares on how many different calendar days of {@code zone} there are events. */
    record Days(EventFilter filter, Window window, ZoneId zone, Operator operator, int count) implements History {
        public Days {
            RuleLimits.zone(zone);
            RuleLimits.oneZone(window, zone);
            RuleLimits.count(count);
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.days(this);
        }
    }

    /** Which event of many. */
    enum Which {
        FIRST,
        LAST
    }

    /** True if there are events and the time of the first or last of them passes {@code test}. */
    record Moment(Which which, EventFilter filter, Window window, TimeTest test) implements History {
        public Moment {
            TimeTest.ofInstant(test);
            TimeTest.zone(test).ifPresent(zone -> RuleLimits.oneZone(window, zone));
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.moment(this);
        }
    }

    /**
     * {@code followed}: there are two events in the window, one that passes {@code first} and, later in the order of
     * (time, id) and at most {@code within} later in time, one that passes {@code then}. Not {@code followed}: there is
     * one that passes {@code first}, none such follows it, and more than {@code within} has gone by since it.
     *
     * @param within whole milliseconds, positive, at most {@link RuleLimits#MAX_WINDOW}
     */
    record Sequence(EventFilter first, EventFilter then, boolean followed, Duration within, Window window)
            implements History {
        public Sequence {
            RuleLimits.duration("within", within);
        }

        @Override
        public List<EventFilter> filters() {
            return List.of(first, then);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.sequence(this);
        }
    }
}
