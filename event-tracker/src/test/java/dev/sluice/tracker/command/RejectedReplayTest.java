package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: an export can be corrected and replayed with the same message ids and times, through whatever trouble the tracker has;
 * other accounts' lines are not sent, and what is refused again is said with its line.
 */
final class RejectedReplayTest {
    private final RejectedUnderTest refused = new RejectedUnderTest();

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        refused.refuseSome();
    }

    @AfterEach
    void stop() {
        refused.stop();
    }

    @Test
    void anExportIsCorrectedAndReplayedWithTheSameIdsAndTimes() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        assertThat(refused.run("export", "--from", "2h", export.toString())).isZero();
        assertThat(refused.out.toString()).contains("3 written");
        Files.writeString(
                export,
                Files.readString(export)
                        .replace("\"userId\":7", "\"userId\":\"u7\"")
                        .replace(":8", ":\"u8\""));

        assertThat(replay(export)).isZero();

        assertThat(refused.out.toString())
                .contains("2 events accepted, 0 refused, 1 lines of other accounts, 0 of unknown ones");
        assertThat(refused.posted).hasSize(2);
        assertThat(refused.posted.get(0).text("messageId"))
                .startsWith("replayed-")
                .hasSize(41);
        assertThat(refused.posted.get(0).text("timestamp")).isEqualTo("2026-11-21T12:01:00Z");
        assertThat(refused.posted.get(0).find("writeKey")).isEmpty();
        assertThat(refused.posted.get(1).text("messageId")).isEqualTo("m2");
        assertThat(refused.posted.get(1).text("timestamp")).isEqualTo("2026-11-21T12:00:00Z");
        refused.posted.clear();
        assertThat(replay(export)).isZero();
        assertThat(refused.posted.get(0).text("messageId"))
                .startsWith("replayed-")
                .hasSize(41);
    }

    @Test
    void anEventThatWaitedInItsLibrarysQueueKeepsItsTime() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        refused.keep(
                "2026/11/21/12/queued/10.0.0.7-f",
                RejectedUnderTest.rejected(
                        "demo",
                        "queued",
                        "12:06:00",
                        "track",
                        "{\"event\":\"A\",\"userId\":\"u\",\"timestamp\":\"2026-11-21T02:00:00Z\","
                                + "\"sentAt\":\"2026-11-21T02:01:00Z\","
                                + "\"context\":{\"library\":{\"name\":\"analytics-kotlin\"}}}"));
        assertThat(refused.run("export", "--from", "2h", "--reason", "queued", export.toString()))
                .isZero();

        assertThat(replay(export)).isZero();

        assertThat(refused.posted.getFirst().text("timestamp")).isEqualTo("2026-11-21T02:00:00Z");
    }

    @Test
    void whatSomebodyWithoutAKnownWriteKeySentIsReplayedOnlyIfSaid() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        refused.keep(
                "2026/11/21/12/no_key/10.0.0.7-d",
                RejectedUnderTest.rejected("", "no_key", "12:04:00", "track", "{\"event\":\"A\"}"));
        assertThat(refused.run("export", "--from", "2h", "--reason", "no_key", export.toString()))
                .isZero();

        assertThat(replay(export)).isZero();

        assertThat(refused.posted).isEmpty();
        assertThat(refused.out.toString())
                .contains("0 events accepted, 0 refused, 0 lines of other accounts, 1 of unknown ones");
        assertThat(replay(export, "--unknown-account")).isZero();
        assertThat(refused.posted).hasSize(1);
    }

    @Test
    void aReplayGoesOnAfterATrackerThatWasAwayOrHadNoRoom() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        refused.run("export", "--from", "2h", "--account", "demo", export.toString());
        refused.troubles.addAll(List.of(500, 0, 503));

        assertThat(replay(export)).isZero();

        assertThat(refused.out.toString()).contains("2 events accepted, 0 refused");
        assertThat(refused.posted).hasSize(2);
    }

    @Test
    void eventsAreSentInRequestsThatATrackerTakes() throws IOException {
        String large = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"" + "a".repeat(20_000) + "\"}";
        RejectedEvent[] events = IntStream.range(0, 60)
                .mapToObj(i -> RejectedUnderTest.rejected("demo", "rate", "12:05:00", "", large))
                .toArray(RejectedEvent[]::new);
        refused.keep("2026/11/21/12/rate/10.0.0.7-e", events);
        Path export = folder.resolve("rejected.ndjson");
        refused.run("export", "--from", "2h", "--reason", "rate", export.toString());

        assertThat(replay(export)).isZero();

        assertThat(refused.posted).hasSize(60);
        assertThat(replay(export, "--give-up-after", "soon")).isEqualTo(2);
    }

    @Test
    void whatCannotBeCorrectedIsSaidWithItsLine() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        refused.run("export", "--from", "2h", "--account", "other", export.toString());
        Files.writeString(export, Files.readString(export).replace("\"other\"", "\"demo\""));

        assertThat(replay(export)).isEqualTo(1);

        assertThat(refused.err.toString()).contains("rejected.ndjson:1: not_correctable");
        assertThat(refused.posted).isEmpty();
    }

    @Test
    void theClockIsCorrectedAsItWouldHaveBeenAtOnce() {
        var line = new CorrectableLine(
                "id",
                "demo",
                "c",
                Instant.parse("2026-11-21T12:00:00Z"),
                "f",
                JsonText.read(
                        RejectedUnderTest.bytes("{\"sentAt\":\"2026-11-21T11:00:00Z\",\"batch\":[{\"messageId\":\"m\","
                                + "\"timestamp\":\"2026-11-21T10:59:00Z\"},{}]}")));

        List<Value.Fields> events = line.events();

        assertThat(events.get(0).find("sentAt")).isEmpty();
        assertThat(events.get(0).text("timestamp")).isEqualTo("2026-11-21T11:59:00Z");
        assertThat(events.get(1).text("messageId")).isEqualTo("f-1");
        assertThat(events.get(1).text("timestamp")).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void anEventOfABatchIsReplayedWithItsBatchsSentAtAndContext() throws IOException {
        refused.keep(
                "2026/11/21/12/bad_name/10.0.0.7-f",
                new RejectedEvent(
                        "demo",
                        "bad_name",
                        "the reason",
                        Instant.parse("2026-11-21T12:10:00Z"),
                        "10.0.0.7",
                        "",
                        "2026-11-21T11:10:00Z",
                        "{\"locale\":\"de\"}",
                        RejectedUnderTest.bytes("{\"type\":\"track\",\"timestamp\":\"2026-11-21T11:09:00Z\"}")));
        Path export = folder.resolve("rejected.ndjson");
        refused.run("export", "--from", "2h", "--reason", "bad_name", export.toString());

        assertThat(replay(export)).isZero();

        assertThat(refused.posted.getFirst().text("timestamp")).isEqualTo("2026-11-21T12:09:00Z");
        assertThat(refused.posted.getFirst().inner("context").text("locale")).isEqualTo("de");
    }

    private int replay(Path export, String... more) throws IOException {
        Path key = Files.writeString(export.resolveSibling("key"), "demo-key\n");
        var args = new ArrayList<>(List.of(
                "replay",
                "--tracker",
                "http://127.0.0.1:" + refused.tracker.getAddress().getPort(),
                "--write-key-file",
                key.toString(),
                "--account",
                "demo",
                export.toString()));
        args.addAll(List.of(more));
        return refused.run(args.toArray(String[]::new));
    }
}
