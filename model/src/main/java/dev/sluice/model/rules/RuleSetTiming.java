package dev.sluice.model.rules;

import java.time.Duration;

/**
 * How dispatchers and classifiers change to a new rule set without talking to each other, and without losing an event
 * that it needs.
 *
 * <p>A dispatcher forwards what the newest rule set needs, and what it takes for the newest is never older than
 * {@link #REFRESH} when it is used. A classifier that sees a new rule set therefore waits {@link #SWAP_DELAY} before it
 * runs it: by then every dispatcher forwards what that one needs. Each measures by its own clock, one that never goes
 * back; no clocks of two machines are compared.
 */
public final class RuleSetTiming {
    /** How old what a dispatcher knows of an account's rule sets may be when it is used. */
    public static final Duration REFRESH = Duration.ofSeconds(2);

    /**
     * How long a classifier lets a new rule set wait after it first saw it: {@link #REFRESH}, and a second for an
     * invocation of the dispatcher that began with the older one to be on its way.
     */
    public static final Duration SWAP_DELAY = Duration.ofSeconds(3);

    /** From publication until every classifier runs it, if its storage answers. */
    public static final Duration IN_FORCE_WITHIN = Duration.ofSeconds(5);

    private RuleSetTiming() {}
}
