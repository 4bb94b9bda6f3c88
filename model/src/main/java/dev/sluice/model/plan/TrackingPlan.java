package dev.sluice.model.plan;

import java.util.List;
import java.util.Optional;

/**
 * An immutable, numbered tracking plan of one account: which applications may send to it and what they may send. The
 * console publishes it, the trackers keep to it.
 *
 * @param number 1 for an account's first, each next one higher; 0 of one that is not published
 * @param rate of all its sources together to one node; unlimited if it is empty
 * @param traits of identify
 * @param groupTraits of group
 */
public record TrackingPlan(
        String account,
        int number,
        PlanLimits limits,
        Optional<Rate> rate,
        List<PlannedSource> sources,
        List<PlannedEvent> events,
        ObjectRule traits,
        ObjectRule groupTraits) {
    /** Applications of one account. */
    public static final int MAX_SOURCES = 200;
    /** Write keys of one application. */
    public static final int MAX_KEYS = 10;
    /** Events of one plan. */
    public static final int MAX_EVENTS = 2_000;
    /** Properties and traits of one plan, at all levels. */
    public static final int MAX_PROPERTIES = 20_000;
    /** Bytes of a bundle. */
    public static final int MAX_BUNDLE = 4 << 20;

    public TrackingPlan {
        sources = List.copyOf(sources);
        events = List.copyOf(events);
    }

    /** The same content as another publication. */
    public TrackingPlan as(String otherAccount, int otherNumber) {
        return new TrackingPlan(otherAccount, otherNumber, limits, rate, sources, events, traits, groupTraits);
    }
}
