package dev.sluice.local.simulator;

import static dev.sluice.local.simulator.Segments.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.simulator.Action.AdClicked;
import dev.sluice.local.simulator.Action.AdSkipped;
import dev.sluice.local.simulator.Action.AdWatched;
import dev.sluice.local.simulator.Action.ApplicationOpened;
import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.Identified;
import dev.sluice.local.simulator.Action.OrderCompleted;
import dev.sluice.local.simulator.Action.ScreenSeen;
import dev.sluice.local.simulator.Action.TraitChange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Promises, each on a history short enough to work out by hand: windows are open at their old end; the current event
 * counts; events of one instant follow their ids; append stays; overwrite keeps the highest that matches; a child
 * brings its parent; the row outweighs what was told; a late event counts where it happened.
 */
class MembershipsTest {
    private static final Instant T = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NOW = T.plus(Duration.ofDays(100));
    private final List<Arrival> arrivals = new ArrayList<>();
    private int number;

    @Test
    void whoOpensTheApplicationIsNewAndLapsedUntilACardIsPlayed() {
        at(T, new ApplicationOpened());
        assertThat(fold()).containsExactly(Map.entry(LAPSED, T), Map.entry(NEW_PLAYER, T));
        at(T.plusSeconds(1), card());
        assertThat(fold()).containsExactly(Map.entry(NEW_PLAYER, T));
    }

    @Test
    void theFourthOpeningInThirtyDaysEndsBeingNew() {
        at(T, new ApplicationOpened());
        at(days(10), new ApplicationOpened());
        at(days(20), new ApplicationOpened());
        at(days(30).minusMillis(1), new ApplicationOpened());
        assertThat(fold()).doesNotContainKey(NEW_PLAYER);
    }

    @Test
    void anOpeningExactlyThirtyDaysAgoHasLeftTheWindow() {
        at(T, new ApplicationOpened());
        at(days(10), new ApplicationOpened());
        at(days(20), new ApplicationOpened());
        at(days(30), new ApplicationOpened());
        assertThat(fold()).containsEntry(NEW_PLAYER, T);
    }

    @Test
    void whoIsInALiveSegmentAgainIsInSinceThatMoment() {
        for (int i = 0; i < 4; i++) {
            at(T.plusSeconds(i), new ApplicationOpened());
        }
        at(days(31), new ApplicationOpened());
        // Not since the return itself: the first opening had left the window of 30 days a day before.
        assertThat(fold()).containsEntry(NEW_PLAYER, days(30));
    }

    @Test
    void theFifthOpeningInAWeekMakesARegular() {
        for (int i = 0; i < 5; i++) {
            at(T.plusSeconds(i), new ApplicationOpened());
        }
        assertThat(fold()).containsEntry(REGULAR_PLAYER, T.plusSeconds(4));
        at(days(7).plusSeconds(4), card());
        assertThat(fold()).doesNotContainKey(REGULAR_PLAYER);
    }

    @Test
    void threeSkipsInADayWithoutAClickIsSkipping() {
        at(T, skip());
        at(T.plusSeconds(1), skip());
        at(T.plusSeconds(2), skip());
        assertThat(fold()).containsEntry(SKIPS_ADS, T.plusSeconds(2));
        at(T.plusSeconds(3), new AdClicked("Everleaf Tea", null));
        assertThat(fold()).doesNotContainKey(SKIPS_ADS).containsEntry(AD_ENGAGED, T.plusSeconds(3));
    }

    @Test
    void eventsOfOneInstantFollowTheirIds() {
        // Three skips, then the click, in the order of their ids: after the click nobody skips.
        at(T, skip(), "a");
        at(T, skip(), "b");
        at(T, skip(), "c");
        at(T, new AdClicked(null, null), "d");
        assertThat(fold()).doesNotContainKey(SKIPS_ADS);
        // A rewarded click counts while it is the current event, so the system must be known by then.
        arrivals.clear();
        at(T, new AdClicked(null, true), "a");
        at(T, new Identified(List.of(new TraitChange("deviceOS", "iOS"))), "b");
        assertThat(fold()).doesNotContainKey(IOS_SPENDER);
        arrivals.clear();
        at(T, new Identified(List.of(new TraitChange("deviceOS", "iOS"))), "a");
        at(T, new AdClicked(null, true), "b");
        assertThat(fold()).containsEntry(IOS_SPENDER, T);
    }

    @Test
    void likingABrandStaysAndBringsItsParentAlong() {
        at(T, new AdClicked("Acme Cola", false));
        at(days(7).minusMillis(1), new AdClicked("Acme Cola", false));
        at(days(60), card());
        assertThat(fold())
                .containsEntry(LIKES_ACME_COLA, days(7).minusMillis(1))
                .containsEntry(AD_ENGAGED, T);
    }

    @Test
    void twoClicksAWeekApartAreNoLiking() {
        at(T, new AdClicked("Acme Cola", false));
        at(days(7), new AdClicked("Acme Cola", false));
        at(days(7), new AdClicked("acme cola", false), "zz");
        at(days(7), new AdClicked(null, false), "zzz");
        assertThat(fold()).doesNotContainKey(LIKES_ACME_COLA).containsEntry(AD_ENGAGED, T);
    }

    @Test
    void tiersReplaceEachOtherAndTheLastOneStays() {
        at(T, order("1"));
        assertThat(fold()).containsEntry(SPENDER_BRONZE, T);
        at(T.plusSeconds(1), order("1"));
        at(T.plusSeconds(2), order("1"));
        assertThat(fold()).containsEntry(SPENDER_SILVER, T.plusSeconds(2)).doesNotContainKey(SPENDER_BRONZE);
        for (int i = 3; i < 6; i++) {
            at(T.plusSeconds(i), order("1"));
        }
        assertThat(fold()).containsEntry(SPENDER_GOLD, T.plusSeconds(5)).doesNotContainKey(SPENDER_SILVER);
        // Orders leave the window one by one, and the tiers come down with them.
        at(days(40), card());
        assertThat(fold())
                .containsEntry(SPENDER_BRONZE, days(30).plusSeconds(3))
                .doesNotContainKey(SPENDER_GOLD);
        at(days(50), order("1"));
        assertThat(fold()).containsEntry(SPENDER_BRONZE, days(30).plusSeconds(3));
    }

    @Test
    void aBigTicketCostsFiftyAsANumberAndStays() {
        at(T, order("49.99"));
        at(T.plusSeconds(1), new OrderCompleted("o", new BigDecimal("99"), true));
        assertThat(fold()).doesNotContainKey(BIG_TICKET);
        at(T.plusSeconds(2), order("50.00"));
        at(days(90), card());
        assertThat(fold()).containsEntry(BIG_TICKET, T.plusSeconds(2));
    }

    @Test
    void theCountryIsWhatThePlayerSaidLast() {
        at(T, told("country", "CA"));
        assertThat(fold()).containsEntry(NORTH_AMERICA, T);
        at(T.plusSeconds(1), told("country", "US"));
        assertThat(fold()).containsEntry(NORTH_AMERICA, T);
        at(T.plusSeconds(2), told("country", null));
        assertThat(fold()).doesNotContainKey(NORTH_AMERICA);
        at(T.plusSeconds(3), told("country", "us"));
        assertThat(fold()).doesNotContainKey(NORTH_AMERICA);
    }

    @Test
    void theRowOutweighsWhatThePlayerSays() {
        at(T, told("deviceOS", "Android"));
        at(T.plusSeconds(1), order("1"));
        assertThat(Memberships.fold(arrivals, row("iOS"), Instant.MIN)).containsEntry(IOS_SPENDER, T.plusSeconds(1));
        assertThat(Memberships.fold(arrivals, row("Android"), Instant.MIN)).doesNotContainKey(IOS_SPENDER);
        assertThat(fold()).doesNotContainKey(IOS_SPENDER);
    }

    @Test
    void aRowCountsFromItsOwnMomentAndIsAnEventItself() {
        at(T, told("deviceOS", "Android"));
        at(T.plusSeconds(1), order("1"));
        assertThat(Memberships.fold(arrivals, List.of(row("iOS", 1, T.plusSeconds(5))), Instant.MIN))
                .containsEntry(IOS_SPENDER, T.plusSeconds(5));
    }

    @Test
    void theHighestVersionOfARowCountsWhateverItsTime() {
        at(T, order("1"));
        List<RowChange> rows = List.of(row("iOS", 2, T.plusSeconds(1)), row("Android", 1, T.plusSeconds(2)));
        assertThat(Memberships.fold(arrivals, rows, Instant.MIN)).containsEntry(IOS_SPENDER, T.plusSeconds(1));
    }

    @Test
    void aRewardedClickMakesAnIosSpenderOnlyWhileItIsTheCurrentEvent() {
        at(T, new AdClicked("Everleaf Tea", true));
        assertThat(Memberships.fold(arrivals, row("iOS"), Instant.MIN)).containsEntry(IOS_SPENDER, T);
        at(T.plusSeconds(1), card());
        assertThat(Memberships.fold(arrivals, row("iOS"), Instant.MIN)).doesNotContainKey(IOS_SPENDER);
    }

    @Test
    void aRowIsNothingThatThePlayerDoesSoTheClickBeforeItIsStillTheCurrentEvent() {
        at(T, new AdClicked("Acme Cola", true));
        assertThat(Memberships.fold(arrivals, List.of(row("iOS", 1, T.plusSeconds(1))), Instant.MIN))
                .containsEntry(IOS_SPENDER, T.plusSeconds(1));
    }

    @Test
    void eventsThatNoRuleNamesChangeNothing() {
        at(T, new AdWatched("Acme Cola", 3));
        at(T.plusSeconds(1), new ScreenSeen("Card Played"));
        assertThat(fold()).isEmpty();
    }

    @Test
    void aLateEventCountsWhereItHappened() {
        at(days(20), new ApplicationOpened());
        at(T, order("1"));
        assertThat(fold())
                .containsEntry(SPENDER_BRONZE, T)
                .containsEntry(NEW_PLAYER, T)
                .containsEntry(LAPSED, T);
        at(days(19), card());
        assertThat(fold()).doesNotContainKey(LAPSED);
    }

    private Map<String, Instant> fold() {
        return Memberships.fold(arrivals, List.of(), Instant.MIN);
    }

    private void at(Instant time, Action action) {
        at(time, action, "id-%03d".formatted(number++));
    }

    private void at(Instant time, Action action, String id) {
        var event = new ClientEvent(id, new Person("u", "a"), action, time, ClientEvent.TimeField.TIMESTAMP, false);
        arrivals.add(new Arrival(event, NOW, NOW));
    }

    private static Instant days(int days) {
        return T.plus(Duration.ofDays(days));
    }

    private static Action card() {
        return new CardPlayed("ace", 5);
    }

    private static Action skip() {
        return new AdSkipped("Acme Cola", 2);
    }

    private static Action order(String revenue) {
        return new OrderCompleted("o", new BigDecimal(revenue), false);
    }

    private static Action told(String trait, @Nullable String value) {
        return new Identified(List.of(new TraitChange(trait, value)));
    }

    /** There long before anything happened. */
    private static List<RowChange> row(String deviceOs) {
        return List.of(row(deviceOs, 1, T.minus(Duration.ofDays(300))));
    }

    private static RowChange row(String deviceOs, long version, Instant at) {
        return new RowChange(
                new UserProfileRow("u", "d", deviceOs, LocalDate.of(1990, 2, 1), "f"), new RowStamp(version, at));
    }
}
