package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises, whatever is the matter with Kinesis: every request is answered 200, since S3 takes what Kinesis does not; most
 * batches go there without asking Kinesis, since the breaker opens; and when it is over, everything is in Kinesis, by
 * itself. Records that are refused one by one are tried again without overtaking one another, and only what is refused
 * too often goes to S3 for that. How long anything took is said, not judged.
 */
@ExtendWith(SharedRig.class)
class KinesisTroubleDrillTest {
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** The default of the tracker's settings. */
    private static final int ATTEMPTS = 4;

    private static final long REFUSALS_AT_LEAST = 30;

    private final Rig rig;

    KinesisTroubleDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble.Refused(),
                new Trouble.Broken(),
                new Trouble.Silent(),
                new Trouble.Dribbling(Duration.ofSeconds(5)),
                new Trouble.Failing(500, "InternalFailure"),
                new Trouble.Failing(503, "ServiceUnavailable"),
                new Trouble.Failing(400, "ProvisionedThroughputExceededException"),
                new Trouble.Lying());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whateverIsTheMatterS3TakesItAndKinesisGetsItLater(Trouble trouble) {
        survives(trouble.toString(), () -> rig.kinesis().meets(trouble), rig::calm, Duration.ofSeconds(1));
    }

    @Test
    void aNameThatDoesNotResolveIsTroubleLikeAnyOther() {
        survives(
                "no such name",
                () -> rig.kinesisResolves(false),
                () -> rig.kinesisResolves(true),
                Duration.ofSeconds(1));
    }

    @Test
    void goneForAWhileAndBack() {
        survives(
                "gone",
                () -> rig.kinesis().meets(new Trouble.Silent()),
                rig::calm,
                Duration.ofSeconds(Rig.SOAK ? 60 : 5));
    }

    private void survives(String what, Runnable begin, Runnable end, Duration lasting) {
        rig.calm();
        try (Clients clients = rig.clients(what.replaceAll("\\W+", "-"), 50, PAUSE)) {
            Eventually.until("a good beginning", () -> clients.count() > 50);
            var before = Failovers.of(rig);
            long asked = rig.kinesis().calls();
            long begun = System.nanoTime();
            begin.run();
            Eventually.until(
                    "the failover", () -> Failovers.of(rig).since(before).all() > 0);
            Duration untilFailover = Duration.ofNanos(System.nanoTime() - begun);
            Eventually.until(
                    "the breaker", () -> Failovers.of(rig).since(before).keptAway() > 0);
            int count = clients.count();
            Eventually.within(
                    lasting.plusSeconds(60),
                    "the trouble's time",
                    () -> System.nanoTime() - begun > lasting.toNanos() && clients.count() > count + 100);
            List<Clients.Try> during = clients.triesSince(begun);
            long calls = rig.kinesis().calls() - asked;
            var failovers = Failovers.of(rig).since(before);
            long over = System.nanoTime();
            end.run();
            clients.rest();
            rig.awaitAllInKinesis(clients);
            Duration untilAllThere = Duration.ofNanos(System.nanoTime() - over);

            assertThat(during).allMatch(Clients.Try::answered);
            assertThat(failovers.refused())
                    .as("no record was refused by itself")
                    .isZero();
            Rig.say(
                    "Kinesis %s for %.1f s: first failover after %d ms, %d requests (%d told 503), p50 %d ms, p99 %d ms, max %d ms,"
                            + " %d calls of Kinesis, by way of S3 %s; all in Kinesis %d ms after it was back, %d twice",
                    what,
                    (over - begun) / 1e9,
                    untilFailover.toMillis(),
                    during.size(),
                    during.stream().filter(it -> !it.acknowledged()).count(),
                    Clients.percentile(during, 0.5).toMillis(),
                    Clients.percentile(during, 0.99).toMillis(),
                    Clients.percentile(during, 1).toMillis(),
                    calls,
                    failovers,
                    untilAllThere.toMillis(),
                    rig.witness().repeats(clients.acknowledged()));
        }
    }

    @Test
    void recordsRefusedOneByOneAreTriedAgainInTheOrderOfTheirSlot() {
        rig.calm();
        var before = Failovers.of(rig);
        long replayed = rig.figure("replayedEvents");
        long asked = rig.kinesis().calls();
        rig.kinesis().meets(new Trouble.Partial(0.3, ATTEMPTS - 2, 5));
        Instant begun = Instant.now();
        try (Clients clients = rig.clients("partial", 100, Duration.ofMillis(200))) {
            Eventually.until("2,000 events", () -> clients.count() > 2000);
            clients.rest();
            rig.awaitAllInKinesis(clients);

            var failovers = Failovers.of(rig).since(before);
            long inversions = rig.witness().inversions(begun);
            Rig.say(
                    "30 %% of records refused, at most twice each: %d events in %d calls, p99 %s, 0 lost, %d twice, %d out of"
                            + " order, by way of S3 %s",
                    clients.count(),
                    rig.kinesis().calls() - asked,
                    Rig.millis(Clients.percentile(clients.tries(), 0.99)),
                    rig.witness().repeats(clients.acknowledged()),
                    inversions,
                    failovers);
            assertThat(failovers.refused()).isZero();
            assertThat(rig.kinesis().refusals()).isGreaterThan(REFUSALS_AT_LEAST);
            // What went by way of S3, because this machine was slow, comes late; nothing else does.
            Eventually.until(
                    "no more out of order than was replayed",
                    () -> inversions <= rig.figure("replayedEvents") - replayed);
        }
    }

    @Test
    void recordsRefusedTooOftenGoToS3AndTheOthersDoNot() {
        rig.calm();
        var before = Failovers.of(rig);
        rig.kinesis().meets(new Trouble.Partial(0.5, Integer.MAX_VALUE, 6));
        try (Clients clients = rig.clients("hot", 50, Duration.ofMillis(200))) {
            Eventually.until("800 events", () -> clients.count() > 800);
            Eventually.until("some in S3", () -> Failovers.of(rig).since(before).refused() > 5);
            clients.rest();
            var failovers = Failovers.of(rig).since(before);
            long tooOften = rig.kinesis().recordsRefused(ATTEMPTS);
            rig.calm();
            rig.awaitAllInKinesis(clients);

            Rig.say(
                    "50 %% of records refused: %d events acknowledged, %d records refused %d times, by way of S3 %s, 0 lost",
                    clients.count(), tooOften, ATTEMPTS, failovers);
            assertThat(clients.tries()).allMatch(Clients.Try::answered);
            // A replay's records are refused as well, and it is no failover when they are.
            assertThat(failovers.refused()).isPositive().isLessThanOrEqualTo(tooOften);
        }
    }
}
