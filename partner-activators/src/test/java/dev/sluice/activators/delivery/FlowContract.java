package dev.sluice.activators.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.delivery.Flow.Id;
import dev.sluice.activators.delivery.Flow.Parking;
import dev.sluice.activators.delivery.Flow.Permit;
import dev.sluice.activators.delivery.Flow.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * Promises of the flow to a partner, whatever keeps it:
 *
 * <ul>
 *   <li>functions that ask share one rate; none is given a moment that another has
 *   <li>what is not used is made up for, up to one second of it
 *   <li>after five failed calls in a row nothing is sent but one call from time to time, ever more seldom, until one is
 *       answered
 *   <li>a partner that says that calls come too fast gets half of them, and slowly more again; one that says a rate gets it
 *   <li>a partner that asks to be left alone is
 *   <li>a connection whose calls take a second and a half on the average is slow for every function that comes to know it, until
 *       some were quick; a slow call among quick ones does not make it so
 *   <li>what is parked stays so until it is resumed; connections do not disturb each other
 * </ul>
 */
public abstract class FlowContract {
    private static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");
    private static final PartnerLimits TEN = new PartnerLimits(1, 4, 10, Duration.ofSeconds(5));
    private static final Report WELL = new Report(1, 0, Pace.UNSAID, List.of());
    private static final Report ILL = new Report(0, 1, Pace.UNSAID, List.of());
    private static final Report TOO_FAST =
            new Report(0, 0, new Pace(OptionalDouble.empty(), Optional.empty(), true), List.of());

    protected final HandClock clock = new HandClock(NOW);
    private final Id connection = new Id("demo", "hook");

    /** One function's; all that a test asks for share what they know. */
    protected abstract Flow flow(Clock clock);

    @Test
    public void functionsShareOneRate() {
        assertThat(ask(flow(clock), 5)).isEqualTo(new Permit(5, NOW, Duration.ofMillis(100), List.of()));
        assertThat(ask(flow(clock), 3))
                .isEqualTo(new Permit(3, NOW.plusMillis(500), Duration.ofMillis(100), List.of()));
        assertThat(ask(flow(clock), 100).calls()).as("what begins before until").isEqualTo(2);
        assertThat(ask(flow(clock), 1)).isEqualTo(new Permit(0, NOW.plusSeconds(1), Duration.ZERO, List.of()));
    }

    @Test
    public void whatIsNotUsedIsMadeUpForUpToASecondOfIt() {
        ask(flow(clock), 1);
        clock.pass(Duration.ofMillis(350));
        // Due at 100, 200, 300 and 400 milliseconds.
        assertThat(ask(flow(clock), 4))
                .isEqualTo(new Permit(4, NOW.plusMillis(350), Duration.ofNanos(16_666_667), List.of()));

        clock.pass(Duration.ofHours(1));
        Permit afterLong =
                flow(clock).permit(connection, TEN, 100, clock.instant().plusMillis(1));
        assertThat(afterLong.calls()).isEqualTo(11);
    }

    @Test
    public void connectionsDoNotDisturbEachOther() {
        Flow flow = flow(clock);
        ask(flow, 10);
        for (int i = 0; i < 5; i++) {
            flow.report(connection, TEN, ILL);
        }

        Permit other = flow.permit(new Id("demo", "other"), TEN, 5, NOW.plusSeconds(1));
        assertThat(other.calls()).isEqualTo(5);
        Permit otherAccount = flow.permit(new Id("other", "hook"), TEN, 5, NOW.plusSeconds(1));
        assertThat(otherAccount.calls()).isEqualTo(5);
    }

    @Test
    public void theBreakerOpensAfterFiveFailuresInARowAndOneCallFindsOut() {
        Flow flow = flow(clock);
        for (int i = 0; i < 4; i++) {
            flow.report(connection, TEN, ILL);
        }
        flow.report(connection, TEN, WELL);
        for (int i = 0; i < 4; i++) {
            flow.report(connection, TEN, ILL);
        }
        assertThat(ask(flow, 1).calls()).as("four in a row are no five").isEqualTo(1);

        flow.report(connection, TEN, ILL);
        Permit none = ask(flow(clock), 1);
        assertThat(none.calls()).isZero();
        assertThat(none.from()).isBetween(NOW.plusMillis(3_750), NOW.plusSeconds(5));
        assertThat(flow(clock).standing(connection, TEN).closedUntil()).isEqualTo(none.from());

        clock.set(none.from());
        assertThat(ask(flow(clock), 10).calls()).as("the call that finds out").isEqualTo(1);
        assertThat(ask(flow(clock), 10).calls()).as("while it is under way").isZero();

        flow.report(connection, TEN, WELL);
        clock.pass(Duration.ofSeconds(1));
        assertThat(ask(flow(clock), 10).calls()).isEqualTo(10);
    }

    @Test
    public void itStaysOpenEverLongerAndCallsOfBeforeChangeNothing() {
        Flow flow = flow(clock);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            flow.report(connection, TEN, ILL);
        }
        for (int i = 0; i < 8; i++) {
            flow.report(connection, TEN, ILL);
            Instant again = ask(flow, 1).from();
            waits.add(Duration.between(clock.instant(), again));
            clock.set(again);
            assertThat(ask(flow, 1).calls()).isEqualTo(1);
            flow.report(connection, TEN, ILL);
        }
        for (int i = 0; i < waits.size(); i++) {
            long most = Math.min(5_000L << i, 300_000);
            assertThat(waits.get(i).toMillis()).isBetween(most * 3 / 4, most);
        }
    }

    @Test
    public void aCallThatFindsOutAndIsNeverReportedIsMadeAgain() {
        Flow flow = flow(clock);
        for (int i = 0; i < 5; i++) {
            flow.report(connection, TEN, ILL);
        }
        clock.set(ask(flow, 1).from());
        assertThat(ask(flow, 1).calls()).isEqualTo(1);

        clock.set(ask(flow, 1).from());
        assertThat(ask(flow, 1).calls()).isEqualTo(1);
    }

    @Test
    public void tooFastHalvesOnceForAMomentsCallsAndSuccessesAddAgain() {
        Flow flow = flow(clock);
        for (int i = 0; i < 16; i++) {
            flow.report(connection, TEN, TOO_FAST);
        }
        assertThat(rate(flow)).isEqualTo(5);
        clock.pass(Duration.ofSeconds(1));
        flow.report(connection, TEN, TOO_FAST);
        assertThat(rate(flow)).isEqualTo(2.5);
        assertThat(ask(flow, 3).apart()).isEqualTo(Duration.ofMillis(400));

        double before = rate(flow);
        for (int i = 0; i < 200; i++) {
            flow.report(connection, TEN, WELL);
            ask(flow, 1);
            double after = rate(flow);
            assertThat(after).isBetween(before, before * 1.101);
            before = after;
        }
        assertThat(before).isEqualTo(10);
    }

    @Test
    public void tooFastForeverStillCallsNowAndThenAndIsNoFailure() {
        Flow flow = flow(clock);
        for (int i = 0; i < 50; i++) {
            flow.report(connection, TEN, TOO_FAST);
            clock.pass(Duration.ofSeconds(2));
        }
        assertThat(rate(flow)).isEqualTo(10.0 / 256);
        clock.pass(Duration.ofMinutes(1));
        assertThat(ask(flow, 1).calls()).isEqualTo(1);
    }

    @Test
    public void aRateThatThePartnerSaysIsKept() {
        Flow flow = flow(clock);
        flow.report(connection, TEN, new Report(1, 0, new Pace(OptionalDouble.of(4), Optional.empty()), List.of()));
        ask(flow, 0);
        assertThat(rate(flow)).isEqualTo(4);
        flow.report(connection, TEN, new Report(1, 0, new Pace(OptionalDouble.of(40), Optional.empty()), List.of()));
        ask(flow, 0);
        assertThat(rate(flow)).as("never more than the limits say").isEqualTo(10);
    }

    @Test
    public void aPartnerThatAsksToBeLeftAloneIs() {
        Instant then = NOW.plusSeconds(120);
        flow(clock).report(connection, TEN, new Report(0, 0, Pace.notBefore(then), List.of()));
        flow(clock).report(connection, TEN, new Report(1, 0, Pace.notBefore(NOW.plusSeconds(5)), List.of()));

        assertThat(ask(flow(clock), 5)).isEqualTo(new Permit(0, then, Duration.ZERO, List.of()));
        clock.set(then);
        assertThat(ask(flow(clock), 5).calls()).isEqualTo(5);
    }

    @Test
    public void whoAnswersAfterLongIsSlowForAllUntilCallsWereQuick() {
        Flow one = flow(clock);
        assertThat(one.isSlow(connection)).isFalse();
        ask(one, 1);
        one.report(connection, TEN, WELL.after(Duration.ofMillis(4_900)));

        Flow other = flow(clock);
        assertThat(one.isSlow(connection)).isTrue();
        assertThat(other.isSlow(connection)).isTrue();
        assertThat(other.isSlow(new Id("demo", "other"))).isFalse();
        assertThat(ask(other, 1).calls()).as("whoever does not care may call").isEqualTo(1);

        for (int i = 0; i < 8; i++) {
            other.report(connection, TEN, WELL.after(Duration.ofMillis(100)));
        }
        assertThat(other.isSlow(connection)).isFalse();
        assertThat(one.isSlow(connection)).isFalse();
        assertThat(flow(clock).isSlow(connection)).isFalse();
    }

    @Test
    public void whoDoesNotAnswerOrAnswersTooFastAfterLongIsSlowToo() {
        flow(clock).report(connection, TEN, ILL.after(Duration.ofSeconds(5)));
        assertThat(flow(clock).isSlow(connection)).isTrue();
        var other = new Id("demo", "other");
        flow(clock).report(other, TEN, TOO_FAST.after(Duration.ofSeconds(5)));
        assertThat(flow(clock).isSlow(other)).isTrue();
    }

    @Test
    public void howeverLongItWasSlowItIsSoonQuickAgain() {
        Flow flow = flow(clock);
        for (int i = 0; i < 100; i++) {
            flow.report(connection, TEN, WELL.after(Duration.ofSeconds(30)));
        }
        ask(flow, 1);
        for (int i = 0; i < 8; i++) {
            flow.report(connection, TEN, WELL.after(Duration.ofMillis(100)));
        }
        assertThat(flow.isSlow(connection)).isFalse();
    }

    @Test
    public void aPartnerOfWhichEachCallTakesASecondIsNotSlow() {
        Flow flow = flow(clock);
        for (int i = 0; i < 64; i++) {
            ask(flow, 1);
            flow.report(connection, TEN, WELL.after(Duration.ofSeconds(1)));
            assertThat(flow.isSlow(connection)).isFalse();
        }
    }

    @Test
    public void aSlowCallAmongQuickOnesIsNone() {
        Flow flow = flow(clock);
        for (int i = 0; i < 64; i++) {
            ask(flow, 1);
            flow.report(connection, TEN, WELL.after(Duration.ofMillis(i % 16 == 0 ? 2_500 : 150)));
            // Who says nothing of it changes nothing.
            flow.report(connection, TEN, WELL);
            assertThat(flow.isSlow(connection)).isFalse();
        }
    }

    @Test
    public void whatIsParkedStaysSoUntilItIsResumed() {
        flow(clock)
                .report(
                        connection,
                        TEN,
                        new Report(1, 0, Pace.UNSAID, List.of(new Parking("a-2", "two"), new Parking("a-1", "one"))));
        assertThat(ask(flow(clock), 1).parked()).containsExactly("a-1", "a-2");
        assertThat(flow(clock).standing(connection, TEN).parkings())
                .containsExactly(new Parking("a-1", "one"), new Parking("a-2", "two"));

        assertThat(flow(clock).resume(connection, "a-1")).isTrue();
        assertThat(flow(clock).resume(connection, "a-1")).isFalse();
        assertThat(ask(flow(clock), 1).parked()).containsExactly("a-2");

        flow(clock).report(connection, TEN, new Report(1, 0, Pace.UNSAID, List.of(new Parking("", "gone"))));
        clock.pass(Duration.ofHours(100));
        assertThat(ask(flow(clock), 1).calls()).isZero();
        assertThat(flow(clock).resume(connection, "")).isTrue();
        assertThat(ask(flow(clock), 1).calls()).isEqualTo(1);
    }

    private Permit ask(Flow flow, int calls) {
        return flow.permit(connection, TEN, calls, clock.instant().plusSeconds(1));
    }

    private double rate(Flow flow) {
        return flow.standing(connection, TEN).callsPerSecond();
    }
}
