package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises, with neither Kinesis nor S3: every request is answered 503 with Retry-After, memory stays bounded, and when
 * either is back requests are acknowledged again, by itself. That it takes two seconds at most is said, not judged: the
 * clients measure on the cores that the tracker needs.
 */
@ExtendWith(SharedRig.class)
class BothGoneDrillTest {
    /** The product's defaults: its own timer ends a request with 503 after two seconds. */
    private static final String USUAL_TIMES = "-Dsluice.tracker.kinesis.within=800ms -Dsluice.tracker.s3-within=700ms"
            + " -Dsluice.tracker.answer-within=2s";
    /** What the flags of the Procfile promise. */
    private static final long MAX_RESIDENT = 250L << 20;

    private final Rig rig;

    BothGoneDrillTest(Rig rig) {
        this.rig = rig;
    }

    @BeforeAll
    static void usualTimes(Rig rig) {
        rig.calm();
        rig.restartWith(USUAL_TIMES);
    }

    @AfterAll
    static void longTimes(Rig rig) {
        rig.restartWith("");
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    static Stream<Trouble> troubles() {
        return Stream.of(new Trouble.Refused(), new Trouble.Silent());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void nothingIsAcknowledgedAndEverybodyIsToldWhenToComeBack(Trouble trouble) {
        rig.calm();
        try (Clients clients = rig.clients(
                new Clients.Habits("both-" + trouble.getClass().getSimpleName(), 200, Duration.ofMillis(100), 10))) {
            Eventually.until("a good beginning", () -> clients.count() > 1000);
            rig.s3().meets(trouble);
            rig.kinesis().meets(trouble);
            // What was on its way when the trouble began may still have been taken.
            long met = System.nanoTime();
            Eventually.until(
                    "the first 503", () -> clients.triesSince(met).stream().anyMatch(it -> it.status() == 503));
            long settled = System.nanoTime();
            Eventually.until("500 answers", () -> clients.triesSince(settled).size() > 500);
            List<Clients.Try> during = clients.triesSince(settled);
            long resident = rig.residentBytes();
            int acknowledged = clients.count();
            long over = System.nanoTime();
            rig.calm();
            Eventually.until("acknowledged again", () -> clients.count() > acknowledged + 100);
            Duration recovered = Duration.ofNanos(System.nanoTime() - over);
            clients.rest();
            rig.awaitAllInKinesis(clients);

            assertThat(during).extracting(Clients.Try::status).containsOnly(503);
            assertThat(during).allMatch(Clients.Try::retryAfter);
            assertThat(resident).isLessThan(MAX_RESIDENT);
            Rig.say(
                    "both %s: %d requests all 503 with Retry-After, p50 %d ms, max %d ms, %d MB resident; acknowledged again"
                            + " after %d ms",
                    trouble,
                    during.size(),
                    Clients.percentile(during, 0.5).toMillis(),
                    Clients.percentile(during, 1).toMillis(),
                    resident >> 20,
                    recovered.toMillis());
        }
    }
}
