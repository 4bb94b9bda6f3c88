package dev.sluice.local.simulator;

import static dev.sluice.local.simulator.Segments.*;

import dev.sluice.local.simulator.Action.AdClicked;
import dev.sluice.local.simulator.Action.AdSkipped;
import dev.sluice.local.simulator.Action.ApplicationOpened;
import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.Identified;
import dev.sluice.local.simulator.Action.OrderCompleted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One person's way through the starter segments, written out by hand so that it can disagree with the programs.
 *
 * <p>Follow {@link #fold}: at each kept event and each change of the row, in (event time, id) order, and when one leaves a
 * window, first the traits, then every segment. What
 * the starter rule set's JSON says in a tree is said here in plain Java; whoever changes one changes the other. Not
 * thread-safe.
 */
final class Memberships {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final List<Duration> WINDOWS = List.of(DAY, WEEK, FORTNIGHT, MONTH);
    private static final BigDecimal FIFTY = BigDecimal.valueOf(50);
    private static final Set<String> NORTH_AMERICAN = Set.of("US", "CA");

    private final History history;
    private final Map<String, String> told = new HashMap<>();
    private @Nullable RowChange row;
    private boolean onceLikedAcmeCola;
    private boolean onceBoughtBig;
    private String tier = "";

    private Memberships(History history) {
        this.history = history;
    }

    /** The segments that the person is in at a moment after all these events, each with the moment at which that began. */
    static SortedMap<String, Instant> fold(Collection<Arrival> arrivals, Collection<RowChange> rows, Instant asOf) {
        var memberships = new Memberships(new History(arrivals, rows, WINDOWS, asOf));
        var since = new TreeMap<String, Instant>();
        while (memberships.history.advance()) {
            Set<String> in = memberships.atThisMoment();
            since.keySet().retainAll(in);
            in.forEach(segment -> since.putIfAbsent(segment, memberships.history.now()));
        }
        return since;
    }

    private Set<String> atThisMoment() {
        listen();
        var in = new TreeSet<String>();
        addIf(in, NEW_PLAYER, opened(MONTH) <= 3);
        addIf(in, REGULAR_PLAYER, opened(WEEK) >= 5);
        addIf(in, LAPSED, history.count(FORTNIGHT, CardPlayed.class::isInstance) == 0);
        addAds(in);
        addSpending(in);
        addIf(in, NORTH_AMERICA, isNorthAmerican());
        addIf(in, IOS_SPENDER, "iOS".equals(deviceOs()) && (ordered(MONTH) >= 1 || isRewardedClick()));
        return in;
    }

    private void addAds(Set<String> in) {
        onceLikedAcmeCola |= history.count(WEEK, Memberships::isAcmeColaClick) >= 2;
        addIf(in, LIKES_ACME_COLA, onceLikedAcmeCola);
        // Who likes a brand's ads is engaged by ads, even when the clicks have left the week's window.
        addIf(in, AD_ENGAGED, onceLikedAcmeCola || clicked(WEEK) >= 1);
        addIf(in, SKIPS_ADS, history.count(DAY, AdSkipped.class::isInstance) >= 3 && clicked(DAY) == 0);
    }

    private void addSpending(Set<String> in) {
        int orders = ordered(MONTH);
        if (orders >= 6) {
            tier = SPENDER_GOLD;
        } else if (orders >= 3) {
            tier = SPENDER_SILVER;
        } else if (orders >= 1) {
            tier = SPENDER_BRONZE;
        }
        addIf(in, tier, !tier.isEmpty());
        onceBoughtBig |= history.action() instanceof OrderCompleted order
                && !order.asText()
                && order.revenue().compareTo(FIFTY) >= 0;
        addIf(in, BIG_TICKET, onceBoughtBig);
    }

    private void listen() {
        RowChange written = history.row();
        if (written != null
                && (row == null || written.stamp().version() > row.stamp().version())) {
            row = written;
        }
        if (history.action() instanceof Identified identified) {
            for (Action.TraitChange change : identified.traits()) {
                String value = change.value();
                if (value == null) {
                    told.remove(change.name());
                } else {
                    told.put(change.name(), value);
                }
            }
        }
    }

    private boolean isNorthAmerican() {
        String country = told.get("country");
        return country != null && NORTH_AMERICAN.contains(country);
    }

    /** The row's word counts more than what the player told. */
    private @Nullable String deviceOs() {
        return row != null ? row.row().deviceOs() : told.get("deviceOS");
    }

    private boolean isRewardedClick() {
        return history.action() instanceof AdClicked click && Boolean.TRUE.equals(click.rewarded());
    }

    private static boolean isAcmeColaClick(Action action) {
        return action instanceof AdClicked click && "Acme Cola".equals(click.brand());
    }

    private int opened(Duration window) {
        return history.count(window, ApplicationOpened.class::isInstance);
    }

    private int clicked(Duration window) {
        return history.count(window, AdClicked.class::isInstance);
    }

    private int ordered(Duration window) {
        return history.count(window, OrderCompleted.class::isInstance);
    }

    private static void addIf(Set<String> in, String segment, boolean condition) {
        if (condition) {
            in.add(segment);
        }
    }
}
