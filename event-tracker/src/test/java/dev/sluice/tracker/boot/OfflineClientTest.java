package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.tracker.example.OfflineClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client of docs/API.md. Promises: what was tracked while there was no network arrives later, once, with its own time; it
 * waits as it is told; what is refused for good is not sent again.
 */
final class OfflineClientTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @TempDir
    private Path folder;

    @BeforeAll
    static void begin() {
        TRACKER.recover();
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @Test
    void whatWasTrackedOfflineArrivesOnce() throws IOException {
        var offline = new OfflineClient(folder, URI.create("http://127.0.0.1:1"), "key-1");
        for (int i = 0; i < 150; i++) {
            offline.track("offline-1", "Level \"" + i + "\"\n", "{\"n\":" + i + "}");
        }
        List<Duration> waits = List.of(offline.flush(), offline.flush(), offline.flush());
        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

        // The application was ended meanwhile; another begins with what lies in the folder.
        try (var gate = new FaultyGate(TRACKER.base()).refuse(503, 413)) {
            var online = new OfflineClient(folder, gate.base(), "key-1");
            assertThat(online.flush()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(online.flush()).isZero();
            assertThat(gate.seen("POST")).extracting(FaultyGate.Seen::status).containsExactly(503, 413, 200, 200, 200);
        }
        assertThat(waiting()).isZero();
        assertThat(TRACKER.events().stream()
                        .filter(event -> event.key().qualified().equals("demo/offline-1"))
                        .map(Event::id)
                        .distinct())
                .hasSize(150);
        assertThat(TRACKER.events()).anyMatch(event -> event.name().orElse("").equals("Level \"149\"\n"));
    }

    @Test
    void whatIsRefusedForGoodIsNotSentAgain() throws IOException {
        var client = new OfflineClient(folder, TRACKER.base(), "key-1");
        client.track("", "Nobody", "{}");

        assertThat(client.flush()).isZero();
        assertThat(waiting()).isZero();
    }

    @Test
    void eventsWaitUntilTheWriteKeyIsRight() throws IOException {
        var client = new OfflineClient(folder, TRACKER.base(), "wrong");
        client.track("u", "A", "{}");

        assertThat(client.flush()).isPositive();
        assertThat(waiting()).isEqualTo(1);
    }

    private long waiting() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
