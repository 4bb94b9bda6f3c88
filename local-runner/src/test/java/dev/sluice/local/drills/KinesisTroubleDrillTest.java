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
 * Promises, whatever is the matter with Kinesis: every request is answered 200 within the time of an answer, since S3
 * takes what Kinesis does not; most of them without waiting for Kinesis, since the breaker opens; and when it is over,
 * everything is in Kinesis within seconds, by itself. Records that are refused one by one are tried again without
 * overtaking one another.
 */
@ExtendWith(SharedRig.class)
class KinesisTroubleDrillTest {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    /** What two busy cores may add to any time. */
    private static final Duration SLACK = Duration.ofMillis(1500);

    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final long REFUSED_AT_LEAST = 30;

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
                Duration.ofSeconds(Rig.SOAK ? 60 : 15));
    }

    private void survives(String what, Runnable begin, Runnable end, Duration lasting) {
        rig.calm();
        try (Clients clients = rig.clients(what.replaceAll("\\W+", "-"), 50, PAUSE)) {
            Eventually.until("a good beginning", () -> clients.count() > 50);
            long failovers = rig.figure("failoverBatches");
            long asked = rig.kinesis().calls();
            long begun = System.nanoTime();
            begin.run();
            Eventually.until("the failover", () -> rig.figure("failoverBatches") > failovers);
            Duration untilFailover = Duration.ofNanos(System.nanoTime() - begun);
            int before = clients.count();
            Eventually.within(
                    lasting.plusSeconds(10),
                    "the trouble's time",
                    () -> System.nanoTime() - begun > lasting.toNanos() && clients.count() > before + 100);
            List<Clients.Try> during = clients.triesSince(begun);
            long probes = rig.kinesis().calls() - asked;
            long over = System.nanoTime();
            end.run();
            clients.rest();
            rig.awaitAllInKinesis(clients, Duration.ofSeconds(30));
            Duration untilAllThere = Duration.ofNanos(System.nanoTime() - over);

            assertThat(during).allMatch(Clients.Try::acknowledged);
            assertThat(Clients.percentile(during, 1)).isLessThan(ANSWER_WITHIN.plus(SLACK));
            // A batch leaves every 25 ms, and without a breaker each would ask, most of them twice.
            assertThat(probes).as("the breaker spares Kinesis most calls").isLessThan(during.size());
            Rig.say(
                    "Kinesis %s for %.1f s: first failover after %d ms, %d requests all 200, p50 %d ms, p99 %d ms, max %d ms,"
                            + " %d calls of Kinesis; all in Kinesis %d ms after it was back, %d twice",
                    what,
                    (over - begun) / 1e9,
                    untilFailover.toMillis(),
                    during.size(),
                    Clients.percentile(during, 0.5).toMillis(),
                    Clients.percentile(during, 0.99).toMillis(),
                    Clients.percentile(during, 1).toMillis(),
                    probes,
                    untilAllThere.toMillis(),
                    rig.witness().repeats(clients.acknowledged()));
        }
    }

    @Test
    void recordsRefusedOneByOneAreTriedAgainInTheOrderOfTheirSlot() {
        rig.calm();
        boolean keepsUp = keepsUp();
        long failovers = rig.figure("failoverBatches");
        long replayed = rig.figure("replayedEvents");
        long asked = rig.kinesis().calls();
        rig.kinesis().meets(new Trouble.Partial(0.3, 2, 5));
        Instant begun = Instant.now();
        try (Clients clients = rig.clients("partial", 100, Duration.ofMillis(200))) {
            Eventually.until("2,000 events", () -> clients.count() > 2000);
            clients.rest();
            rig.awaitAllInKinesis(clients, Duration.ofSeconds(20));

            long failedOver = rig.figure("failoverBatches") - failovers;
            long bySlowness = rig.figure("replayedEvents") - replayed;
            long inversions = rig.witness().inversions(begun);
            Rig.say(
                    "30 %% of records refused, at most twice in a row: %d events in %d calls, p99 %s, 0 lost, %d twice, %d out of"
                            + " order, %d batches by way of S3 for slowness",
                    clients.count(),
                    rig.kinesis().calls() - asked,
                    Rig.millis(Clients.percentile(clients.tries(), 0.99)),
                    rig.witness().repeats(clients.acknowledged()),
                    inversions,
                    failedOver);
            assertThat(inversions).isLessThanOrEqualTo(bySlowness);
            assertThat(rig.kinesis().refusedRecords()).isGreaterThan(REFUSED_AT_LEAST);
            if (keepsUp) {
                assertThat(failedOver).isLessThan(clients.count() / 4);
            }
        }
    }

    /**
     * Whether the stand-in answers in time when nothing is the matter. On a machine that is too busy for that, batches go by
     * way of S3 for slowness, and come late and twice; how many is then nobody's fault.
     */
    private boolean keepsUp() {
        long failovers = rig.figure("failoverBatches");
        try (Clients clients = rig.clients("calm-" + failovers + "-" + System.nanoTime(), 50, Duration.ofMillis(200))) {
            Eventually.until("a calm while", () -> clients.count() > 300);
            clients.rest();
        }
        return rig.figure("failoverBatches") == failovers;
    }

    @Test
    void recordsRefusedTooOftenGoToS3AndTheOthersDoNot() {
        rig.calm();
        boolean keepsUp = keepsUp();
        long failovers = rig.figure("failoverBatches");
        rig.kinesis().meets(new Trouble.Partial(0.5, 1000, 6));
        try (Clients clients = rig.clients("hot", 50, Duration.ofMillis(200))) {
            Eventually.until("800 events", () -> clients.count() > 800);
            Eventually.until("some in S3", () -> rig.figure("failoverBatches") > failovers + 5);
            clients.rest();
            long failedOver = rig.figure("failoverBatches") - failovers;
            rig.calm();
            rig.awaitAllInKinesis(clients, Duration.ofSeconds(20));

            Rig.say(
                    "50 %% of records refused: %d events acknowledged, %d batches by way of S3, 0 lost",
                    clients.count(), failedOver);
            assertThat(clients.tries()).allMatch(Clients.Try::acknowledged);
            if (keepsUp) {
                assertThat(failedOver).isLessThan(clients.count() / 2);
            }
        }
    }
}
