package dev.sluice.activators.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.delivery.Flow.Permit;
import dev.sluice.activators.memory.MemoryFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws of the rate, over generated functions that ask at all times, for all amounts and at all clocks' speeds:
 *
 * <ul>
 *   <li>in no time do more calls begin than rate × time, and a second's worth
 *   <li>functions that always ask use at least 95 % of the rate
 *   <li>so do two lanes that claim before they call and settle afterwards, though both take longer than the calls; one does not
 * </ul>
 */
final class FlowLawsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T06:40:11Z");
    private static final Flow.Id CONNECTION = new Flow.Id("demo", "hook");

    static List<Long> seeds() {
        return new Random(6).longs(60).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noWindowHoldsMoreThanTheRateAndItsBurst(long seed) {
        var random = new Random(seed);
        double rate = Math.exp(random.nextDouble() * Math.log(500)) * 2;
        List<Instant> calls = new Run(random, rate, 1 + random.nextInt(8), false).calls(Duration.ofSeconds(60));

        assertThat(worstExcess(calls, rate)).isLessThanOrEqualTo(rate + 1 + 1e-6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void functionsThatAlwaysAskUseTheRate(long seed) {
        var random = new Random(seed);
        double rate = Math.exp(random.nextDouble() * Math.log(500)) * 2;
        Duration time = Duration.ofSeconds(100);
        List<Instant> calls = new Run(random, rate, 1 + random.nextInt(8), true).calls(time);
        long within =
                calls.stream().filter(call -> call.isBefore(BEGIN.plus(time))).count();

        assertThat(within / (rate * time.toSeconds())).isBetween(0.95, 1.05);
        assertThat(worstExcess(calls, rate)).isLessThanOrEqualTo(rate + 1 + 1e-6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoLanesThatClaimAndSettleUseTheRateThatOneLeavesUnused(long seed) {
        Duration time = Duration.ofSeconds(60);
        List<Instant> one = new Lane(new Random(seed), 1).calls(time);
        List<Instant> two = new Lane(new Random(seed), 2).calls(time);

        assertThat(share(one, time)).isLessThan(0.9);
        assertThat(share(two, time)).isBetween(0.95, 1.05);
        assertThat(worstExcess(two, Lane.RATE)).isLessThanOrEqualTo(Lane.RATE + 1 + 1e-6);
    }

    private static double share(List<Instant> calls, Duration time) {
        long within =
                calls.stream().filter(call -> call.isBefore(BEGIN.plus(time))).count();
        return within / (Lane.RATE * time.toSeconds());
    }

    /** Lanes, of which each asks for leave, claims, calls, settles, and asks again. */
    private static final class Lane {
        static final double RATE = 40;
        private static final PartnerLimits LIMITS = new PartnerLimits(100, 4, RATE, Duration.ofSeconds(5));
        private static final int MOST = 16;
        private static final Duration CLAIMING = Duration.ofMillis(300);

        private final Random random;
        private final HandClock clock = new HandClock(BEGIN);
        private final Flow flow = new MemoryFlow(clock);
        private final PriorityQueue<Instant> asking = new PriorityQueue<>(Comparator.naturalOrder());
        private final List<Instant> calls = new ArrayList<>();

        Lane(Random random, int count) {
            this.random = random;
            for (int i = 0; i < count; i++) {
                asking.add(BEGIN.plusMillis(random.nextInt(100)));
            }
        }

        List<Instant> calls(Duration time) {
            Instant end = BEGIN.plus(time);
            while (!asking.isEmpty()) {
                Instant now = asking.remove();
                if (now.isBefore(end)) {
                    clock.set(now);
                    asking.add(round(now));
                }
            }
            calls.sort(Comparator.naturalOrder());
            return calls;
        }

        /** When the lane asks again. */
        private Instant round(Instant now) {
            Permit permit = flow.permit(CONNECTION, LIMITS, MOST, now.plus(CLAIMING), now.plusSeconds(1));
            if (permit.calls() == 0) {
                return permit.from().isAfter(now) ? permit.from() : now.plusMillis(1);
            }
            assertThat(permit.from()).isAfterOrEqualTo(now.plus(CLAIMING));
            Instant last = permit.from();
            for (int i = 0; i < permit.calls(); i++) {
                last = permit.from().plus(permit.apart().multipliedBy(i));
                calls.add(last);
            }
            Duration call = Duration.ofMillis(20 + random.nextInt(150));
            Duration settling = Duration.ofMillis(100 + random.nextInt(100));
            return last.plus(call).plus(settling);
        }
    }

    /** The most by which calls in any window are more than rate × its length. */
    static double worstExcess(List<Instant> calls, double rate) {
        double worst = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < calls.size(); i++) {
            double due = rate * Duration.between(BEGIN, calls.get(i)).toNanos() / 1e9;
            least = Math.min(least, i - due);
            worst = Math.max(worst, i - due - least + 1);
        }
        return worst;
    }

    /** Functions that ask, and begin calls as they are given leave. */
    private static final class Run {
        private final Random random;
        private final PartnerLimits limits;
        private final int functions;
        private final boolean always;
        private final HandClock clock = new HandClock(BEGIN);
        private final Flow flow = new MemoryFlow(clock);
        private final List<Instant> calls = new ArrayList<>();

        Run(Random random, double rate, int functions, boolean always) {
            this.random = random;
            this.limits = new PartnerLimits(1, 4, rate, Duration.ofSeconds(5));
            this.functions = functions;
            this.always = always;
        }

        List<Instant> calls(Duration time) {
            var asking = new PriorityQueue<Instant>(Comparator.naturalOrder());
            for (int i = 0; i < functions; i++) {
                asking.add(BEGIN.plusMillis(random.nextInt(100)));
            }
            Instant end = BEGIN.plus(time);
            while (!asking.isEmpty()) {
                Instant now = asking.remove();
                if (now.isBefore(end)) {
                    clock.set(now);
                    asking.add(ask(now));
                }
            }
            calls.sort(Comparator.naturalOrder());
            return calls;
        }

        /** When the same function asks again. */
        private Instant ask(Instant now) {
            int most = 1 + random.nextInt((int) limits.callsPerSecond() + 10);
            Instant until = now.plusMillis(always ? 2_000 : 1 + random.nextInt(5_000));
            Permit permit = flow.permit(CONNECTION, limits, most, until);
            Instant last = permit.from();
            for (int i = 0; i < permit.calls(); i++) {
                last = permit.from().plus(permit.apart().multipliedBy(i));
                assertThat(last).isBetween(now, until);
                calls.add(last);
            }
            if (always) {
                // As soon as its calls have begun, and a moment later.
                Instant again = last.isBefore(now) ? now : last;
                return again.plusMillis(1 + random.nextInt(100));
            }
            return now.plusMillis(1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 300));
        }
    }
}
