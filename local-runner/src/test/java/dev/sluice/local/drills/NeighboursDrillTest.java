package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: while one account sends ten times as much as before, and more than the rate of its tracking plan, it is told
 * 429 and when to come back, and gets its rate and no more; every request of another account is acknowledged. How much
 * slower those are is said, not judged: the clients take the same two cores as the tracker.
 */
@ExtendWith(SharedRig.class)
class NeighboursDrillTest {
    private static final int ROUNDS = 1;
    /** Of the quiet account, in each part of a round. */
    private static final int REQUESTS = 300;

    private static final Clients.Habits QUIET = new Clients.Habits("quiet", 40, Duration.ofMillis(200), 1);
    private static final Clients.Habits USUAL = new Clients.Habits("usual", 12, Duration.ofMillis(500), 1);
    private static final int MORE = 9 * 12;

    private final Rig rig;

    NeighboursDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    /** A time of the quiet account's requests. */
    private record Part(long from, long until) {
        List<Clients.Try> of(Clients clients) {
            return clients.triesOf(from, until);
        }
    }

    /** The times by turns, so that a change of the machine's other work meets both. */
    private record Rounds(List<Part> alone, List<Part> beside, List<Clients> loud) {}

    @Test
    void anAccountAtTenTimesItsLoadIsHeldToItsRateAndItsNeighbourIsRefusedNothing() {
        rig.calm();
        try (Clients quiet = rig.clients(Rig.OTHER_WRITE_KEY, QUIET);
                Clients usual = rig.clients(Rig.LOUD_WRITE_KEY, USUAL)) {
            Eventually.until("a good beginning", () -> quiet.count() > REQUESTS);
            // The first does not count: a process that has just started is slow at everything that it does for the
            // first time.
            rounds(1, quiet, usual);
            Rounds rounds = rounds(ROUNDS, quiet, usual);
            quiet.rest();
            usual.rest();

            rounds.alone().forEach(part -> assertThat(part.of(quiet)).allMatch(Clients.Try::answered));
            rounds.beside().forEach(part -> assertThat(part.of(quiet)).allMatch(Clients.Try::answered));
            sayWhatItNoticed(quiet, rounds);
            rig.awaitAllInKinesis(quiet);
            rounds.loud().forEach(loud -> rig.awaitAllInKinesis(loud));
        }
    }

    private Rounds rounds(int count, Clients quiet, Clients usual) {
        var rounds = new Rounds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < count; round++) {
            rounds.alone().add(part(quiet));
            long begun = System.nanoTime();
            var habits = new Clients.Habits("loud-" + count + "-" + round, MORE, USUAL.pause(), 1);
            try (Clients loud = rig.clients(Rig.LOUD_WRITE_KEY, habits)) {
                Eventually.until("a refusal", () -> loud.tries().stream().anyMatch(it -> it.status() == 429));
                rounds.beside().add(part(quiet));
                loud.rest();
                rounds.loud().add(loud);
                assertHeldToItsRate(
                        Stream.concat(usual.triesSince(begun).stream(), loud.tries().stream())
                                .toList(),
                        (System.nanoTime() - begun) / 1e9);
            }
        }
        return rounds;
    }

    private static Part part(Clients quiet) {
        long from = System.nanoTime();
        Eventually.until("some requests", () -> quiet.triesSince(from).size() >= REQUESTS);
        return new Part(from, System.nanoTime());
    }

    private static void assertHeldToItsRate(List<Clients.Try> tries, double seconds) {
        long taken = tries.stream().filter(Clients.Try::acknowledged).count();
        List<Clients.Try> refused =
                tries.stream().filter(it -> it.status() == 429).toList();
        double allowed = Rig.LOUD_RATE.burst() + Rig.LOUD_RATE.eventsPerSecond() * seconds;
        Rig.say(
                "an account at ten times its load: %d requests in %.1f s, %d taken (its rate allows %.0f), %d told 429",
                tries.size(), seconds, taken, allowed, refused.size());
        assertThat(refused).isNotEmpty().allMatch(Clients.Try::retryAfter);
        // Requests that are on their way together are let in by the same token.
        assertThat((double) taken).isLessThan(allowed * 1.2);
    }

    private static void sayWhatItNoticed(Clients quiet, Rounds rounds) {
        Duration p99Alone = median(quiet, rounds.alone(), 0.99);
        Duration p99Beside = median(quiet, rounds.beside(), 0.99);
        Rig.say(
                "its neighbour: %d requests beside it, none told 429; p50 %d ms (%d ms before), p99 %d ms (%d ms before), which is %.2f times"
                        + " as much",
                rounds.beside().stream().mapToInt(part -> part.of(quiet).size()).sum(),
                median(quiet, rounds.beside(), 0.5).toMillis(),
                median(quiet, rounds.alone(), 0.5).toMillis(),
                p99Beside.toMillis(),
                p99Alone.toMillis(),
                (double) p99Beside.toNanos() / p99Alone.toNanos());
    }

    /** Of the rounds' percentiles, so that one moment in which the machine did something else does not decide. */
    private static Duration median(Clients quiet, List<Part> parts, double share) {
        return parts.stream()
                .map(part -> Clients.percentile(part.of(quiet), share))
                .sorted()
                .toList()
                .get(parts.size() / 2);
    }
}
