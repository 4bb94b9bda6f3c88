package dev.sluice.local.simulator;

import java.util.List;

/** The names of the starter rule set's segments. */
public final class Segments {
    public static final String NEW_PLAYER = "new-player";
    public static final String REGULAR_PLAYER = "regular-player";
    public static final String AD_ENGAGED = "ad-engaged";
    public static final String LIKES_ACME_COLA = "likes-acme-cola";
    public static final String SKIPS_ADS = "skips-ads";
    public static final String LAPSED = "lapsed";
    public static final String SPENDER_BRONZE = "spender-bronze";
    public static final String SPENDER_SILVER = "spender-silver";
    public static final String SPENDER_GOLD = "spender-gold";
    public static final String BIG_TICKET = "big-ticket";
    public static final String NORTH_AMERICA = "north-america";
    public static final String IOS_SPENDER = "ios-spender";

    /** Every segment of the starter rule set. */
    public static final List<String> ALL = List.of(
            NEW_PLAYER,
            REGULAR_PLAYER,
            AD_ENGAGED,
            LIKES_ACME_COLA,
            SKIPS_ADS,
            LAPSED,
            SPENDER_BRONZE,
            SPENDER_SILVER,
            SPENDER_GOLD,
            BIG_TICKET,
            NORTH_AMERICA,
            IOS_SPENDER);

    private Segments() {}
}
