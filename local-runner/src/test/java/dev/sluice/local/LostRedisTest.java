package dev.sluice.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.report.Report;
import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises, of the whole house: when Redis loses everything in the middle of the traffic, a rebuild from the lake and the
 * release after it end in exactly the memberships that there would have been, and the partner knows them; an audit after
 * that finds nothing.
 */
class LostRedisTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PLAYERS = 60;

    /** Who has played by the time that is stopped depends on the machine; half have on any. */
    private static final int MOST_OF_THEM = PLAYERS / 2;

    @Test
    void whatRedisLostIsRebuiltFromTheLake(@TempDir Path folder) throws Exception {
        try (House house = TestHouse.start(folder);
                var players = TestHouse.players(house, PLAYERS, 120, 11)) {
            long started = System.nanoTime();
            players.start();
            Eventually.until("600 events", () -> players.traffic().accepted() > 600);
            flush(house.redis());
            long before = players.traffic().accepted();
            Eventually.until("600 more events", () -> players.traffic().accepted() > before + 600);
            players.stop();
            players.awaitAnswers(LIMIT);
            assertThat(new Settlement(house).await(LIMIT)).isTrue();
            assertThat(metric(house, "held")).isPositive();

            Value.Fields rebuilt = done(house, "{\"work\":\"rebuild\",\"from\":\"2026/01/01\"}");
            assertThat(rebuilt.whole("events")).isGreaterThan(1_000);
            Value.Fields released = done(house, "{\"work\":\"audit\",\"releasing\":\"" + Instant.now() + "\"}");
            assertThat(released.whole("people")).isGreaterThan(MOST_OF_THEM);

            Report report = new Ending(house, players, new LiveFigures(house, players)).report(started);
            assertThat(report.failures()).as(report.mismatches().toString()).isEmpty();
            assertThat(report.peopleCompared()).isGreaterThan(MOST_OF_THEM);
            assertThat(done(house, "{\"work\":\"audit\"}").whole("changed")).isZero();
        }
    }

    private static Value.Fields done(House house, String input) {
        InvocationResult result = house.scheduled(input);
        assertThat(result).isInstanceOf(InvocationResult.Success.class);
        Value.Fields answer = JsonText.readObject(((InvocationResult.Success) result).payload());
        assertThat(answer.findText("problem")).isEmpty();
        assertThat(answer.findText("next")).isEmpty();
        return answer;
    }

    private static long metric(House house, String name) throws IOException {
        return JsonText.readObject(house.classifier().ask("/health/metrics").body())
                .whole(name);
    }

    /** As a node does that fails over to an empty one. */
    private static void flush(URI redis) throws IOException {
        try (var socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("+OK\r\n".length());
            assertThat(new String(answer, UTF_8)).as(Arrays.toString(answer)).isEqualTo("+OK\r\n");
        }
    }
}
