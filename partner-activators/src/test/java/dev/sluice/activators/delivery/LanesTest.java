package dev.sluice.activators.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.ledger.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises of what lanes of one connection share:
 *
 * <ul>
 *   <li>no more calls are under way than the partner takes at once, and who waits longest is the next
 *   <li>waves double while all goes well, up to what all lanes together may ask for, and begin anew after something did not
 *   <li>how long claiming takes is what it took last, half a second at most
 *   <li>a call begins when it has leave to, unless all together would be more than the rate and a second's burst; none begins
 *       before it has leave; lanes that ask at the same time never share a turn
 * </ul>
 */
final class LanesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");
    private static final double TEN = 10;

    private final Lanes lanes = lanes(2);

    @Test
    void noMoreCallsAreUnderWayThanThePartnerTakesAtOnce() {
        Telling telling = lanes.telling();

        assertThat(lanes.atOnce().availablePermits())
                .isEqualTo(telling.partner().limits(telling.connection()).callsAtOnce());
        assertThat(lanes.atOnce().isFair()).isTrue();
    }

    @Test
    void wavesDoubleWhileAllGoesWellAndBeginAnewAfterSomethingDidNot() {
        List<Integer> waves = new ArrayList<>(List.of(lanes.waves()));
        for (boolean well : new boolean[] {true, true, true, false, true, false, false}) {
            lanes.went(well, 8);
            waves.add(lanes.waves());
        }

        assertThat(waves).containsExactly(1, 2, 4, 4, 1, 2, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 8", "2, 8, 4", "3, 8, 2", "8, 8, 1", "20, 8, 1"})
    void allLanesTogetherAskForNoMoreThanTheMost(int count, int most, int each) {
        Lanes some = lanes(count);
        for (int i = 0; i < 10; i++) {
            some.went(true, most);
        }

        assertThat(some.waves()).isEqualTo(each);
    }

    @Test
    void howLongClaimingTakesIsWhatItTookLastAndHalfASecondAtMost() {
        assertThat(lanes.claiming()).isEqualTo(Duration.ZERO);
        lanes.claimed(Duration.ofMillis(300));
        assertThat(lanes.claiming()).isEqualTo(Duration.ofMillis(300));
        lanes.claimed(Duration.ofMinutes(1));
        assertThat(lanes.claiming()).isEqualTo(Duration.ofMillis(500));
        lanes.claimed(Duration.ofMillis(20));
        assertThat(lanes.claiming()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void whoKeepsToTheRateBeginsWhenThereIsLeave() {
        for (int i = 0; i < 100; i++) {
            Instant leave = NOW.plusMillis(100L * i);
            assertThat(lanes.turn(leave, TEN)).isEqualTo(leave);
        }
    }

    @Test
    void aSecondsBurstIsMadeUpForAndNoMoreHoweverLongNobodyCalled() {
        for (Instant late : List.of(NOW, NOW.plus(Duration.ofHours(1)))) {
            for (int i = 0; i <= TEN; i++) {
                assertThat(lanes.turn(late, TEN)).isEqualTo(late);
            }
            assertThat(lanes.turn(late, TEN)).isEqualTo(late.plusMillis(100));
            assertThat(lanes.turn(late, TEN)).isEqualTo(late.plusMillis(200));
        }
    }

    @Test
    void aRateThatFellHoldsFromTheNextCallOn() {
        for (int i = 0; i <= TEN; i++) {
            lanes.turn(NOW, TEN);
        }

        assertThat(lanes.turn(NOW, 2)).as("the one before was of ten").isEqualTo(NOW.plusMillis(100));
        assertThat(lanes.turn(NOW, 2)).isEqualTo(NOW.plusMillis(600));
    }

    static Stream<Long> seeds() {
        return new Random(7).longs(40).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noWindowHoldsMoreThanTheRateAndItsBurstHoweverLateLanesCome(long seed) {
        var random = new Random(seed);
        double rate = 1 + random.nextInt(200);
        List<Instant> turns = new ArrayList<>();
        Instant clock = NOW;
        for (int i = 0; i < 400; i++) {
            clock = clock.plusMillis(random.nextInt(8) == 0 ? random.nextInt(3_000) : 0);
            // Another lane has leave for a little later, or is late itself.
            Instant leave = clock.plusMillis(random.nextInt(700));
            turns.add(lanes.turn(leave, rate));
            assertThat(turns.getLast()).isAfterOrEqualTo(leave);
        }

        Collections.sort(turns);
        assertThat(FlowLawsTest.worstExcess(turns, rate)).isLessThanOrEqualTo(rate + 1 + 1e-3);
    }

    @Test
    void lanesThatAskAtTheSameTimeNeverShareATurn() throws Exception {
        Callable<List<Instant>> lane =
                () -> Stream.generate(() -> lanes.turn(NOW, TEN)).limit(25).toList();
        List<Instant> turns = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Instant>> one : threads.invokeAll(Collections.nCopies(4, lane))) {
                turns.addAll(one.get());
            }
        }

        Collections.sort(turns);
        List<Instant> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add(NOW.plusMillis(Math.max(0, 100L * (i - (int) TEN))));
        }
        assertThat(turns).isEqualTo(expected);
    }

    private static Lanes lanes(int count) {
        var telling = new Telling(new KeepingPartner(true, true, 1), KeepingPartner.connection("c1"));
        return new Lanes(Desk.id("c1"), telling, count);
    }
}
