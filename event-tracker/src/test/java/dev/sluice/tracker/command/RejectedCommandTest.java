package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: what was refused is counted by hour, account and reason and found by any of them; bodies and write keys are
 * printed only when asked for; an export can be corrected and replayed with the same message ids and times, other
 * accounts' lines are not sent, and what is refused again is said with its line.
 */
final class RejectedCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:30:00Z");

    private final MemoryLakeBucket bucket = new MemoryLakeBucket(() -> NOW);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    /** What the tracker answers next instead of its answer; 0 for none at all. */
    private final Queue<Integer> troubles = new ConcurrentLinkedQueue<>();

    private final List<Value.Fields> posted = new CopyOnWriteArrayList<>();
    private HttpServer tracker;

    @TempDir
    private Path folder;

    @BeforeEach
    void refuseSome() throws IOException {
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        tracker.createContext("/v1/import", exchange -> {
            try (exchange) {
                byte[] body = unpacked(exchange);
                boolean tooLarge = body.length > 512_000;
                Integer trouble = troubles.poll();
                if (trouble != null && trouble == 0) {
                    return;
                }
                int status = trouble != null ? trouble : tooLarge ? 413 : 200;
                if (status == 200) {
                    posted.addAll(JsonText.readObject(body).innerList("batch"));
                }
                byte[] answer = bytes(
                        status == 200 ? "{\"success\":true,\"rejected\":[]}" : "{\"success\":false,\"code\":\"c\"}");
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        tracker.start();
        keep(
                "2026/11/21/12/bad_field/10.0.0.7-a",
                rejected(
                        "demo",
                        "bad_field",
                        "12:01:00",
                        "track",
                        "{\"userId\":7,\"event\":\"A\",\"writeKey\":\"secret\"}"),
                rejected(
                        "demo",
                        "bad_field",
                        "12:02:00",
                        "",
                        "{\"type\":\"track\",\"messageId\":\"m2\",\"event\":\"B\",\"userId\":8,"
                                + "\"timestamp\":\"2026-11-21T11:00:00Z\",\"sentAt\":\"2026-11-21T11:02:00Z\"}"));
        keep("2026/11/21/12/bad_json/10.0.0.7-b", rejected("other", "bad_json", "12:03:00", "", "{\"batch\":["));
        keep("2026/11/19/12/bad_json/10.0.0.7-c", rejected("demo", "bad_json", "11:59:00", "", "x"));
    }

    @AfterEach
    void stop() {
        tracker.stop(0);
    }

    @Test
    void theyAreCountedByHourAccountAndReason() {
        assertThat(run("list", "--from", "2h")).isZero();

        assertThat(out.toString())
                .containsPattern("2026-11-21 12:00 demo +bad_field +2\n")
                .containsPattern("2026-11-21 12:00 other +bad_json +1\n")
                .contains("3 rejected")
                .doesNotContain("secret");
    }

    @Test
    void theyAreFoundByReasonAndAccountAndTime() {
        assertThat(run("list", "--events", "--from", "2h", "--account", "demo", "--to", "2026-11-21T12:02:00Z"))
                .isZero();

        assertThat(out.toString())
                .contains("2026/11/21/12/bad_field/10.0.0.7-a#0")
                .contains("1 rejected")
                .doesNotContain("secret")
                .doesNotContain("userId\":");
    }

    @Test
    void oneIsShownWithoutItsWriteKey() {
        assertThat(run("show", "2026/11/21/12/bad_field/10.0.0.7-a#0")).isZero();

        assertThat(out.toString())
                .contains("\"body\":{\"userId\":7,\"event\":\"A\",\"type\":\"track\"}")
                .doesNotContain("secret");
    }

    @Test
    void anExportIsCorrectedAndReplayedWithTheSameIdsAndTimes() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        assertThat(run("export", "--from", "2h", export.toString())).isZero();
        assertThat(out.toString()).contains("3 written");
        Files.writeString(
                export,
                Files.readString(export)
                        .replace("\"userId\":7", "\"userId\":\"u7\"")
                        .replace(":8", ":\"u8\""));

        assertThat(replay(export)).isZero();

        assertThat(out.toString())
                .contains("2 events accepted, 0 refused, 1 lines of other accounts, 0 of unknown ones");
        assertThat(posted).hasSize(2);
        assertThat(posted.get(0).text("messageId")).startsWith("replayed-").hasSize(41);
        assertThat(posted.get(0).text("timestamp")).isEqualTo("2026-11-21T12:01:00Z");
        assertThat(posted.get(0).find("writeKey")).isEmpty();
        assertThat(posted.get(1).text("messageId")).isEqualTo("m2");
        assertThat(posted.get(1).text("timestamp")).isEqualTo("2026-11-21T12:00:00Z");
        posted.clear();
        assertThat(replay(export)).isZero();
        assertThat(posted.get(0).text("messageId")).startsWith("replayed-").hasSize(41);
    }

    @Test
    void anExportIsItsOwnersFromTheStart() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        var seen = new AtomicReference<Set<PosixFilePermission>>();
        bucket.refuse(key -> {
            if (Files.exists(export)) {
                seen.set(permissions(export));
            }
            return false;
        });

        assertThat(run("export", "--from", "2h", export.toString())).isZero();

        assertThat(PosixFilePermissions.toString(seen.get())).isEqualTo("rw-------");
        assertThat(run("export", "--from", "2h", export.toString())).isEqualTo(2);
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatSomebodyWithoutAKnownWriteKeySentIsReplayedOnlyIfSaid() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        keep("2026/11/21/12/no_key/10.0.0.7-d", rejected("", "no_key", "12:04:00", "track", "{\"event\":\"A\"}"));
        assertThat(run("export", "--from", "2h", "--reason", "no_key", export.toString()))
                .isZero();

        assertThat(replay(export)).isZero();

        assertThat(posted).isEmpty();
        assertThat(out.toString())
                .contains("0 events accepted, 0 refused, 0 lines of other accounts, 1 of unknown ones");
        assertThat(replay(export, "--unknown-account")).isZero();
        assertThat(posted).hasSize(1);
    }

    @Test
    void aReplayGoesOnAfterATrackerThatWasAwayOrHadNoRoom() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        run("export", "--from", "2h", "--account", "demo", export.toString());
        troubles.addAll(List.of(500, 0, 503));

        assertThat(replay(export)).isZero();

        assertThat(out.toString()).contains("2 events accepted, 0 refused");
        assertThat(posted).hasSize(2);
    }

    @Test
    void eventsAreSentInRequestsThatATrackerTakes() throws IOException {
        String large = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"" + "a".repeat(20_000) + "\"}";
        RejectedEvent[] events = IntStream.range(0, 60)
                .mapToObj(i -> rejected("demo", "rate", "12:05:00", "", large))
                .toArray(RejectedEvent[]::new);
        keep("2026/11/21/12/rate/10.0.0.7-e", events);
        Path export = folder.resolve("rejected.ndjson");
        run("export", "--from", "2h", "--reason", "rate", export.toString());

        assertThat(replay(export)).isZero();

        assertThat(posted).hasSize(60);
        assertThat(replay(export, "--give-up-after", "soon")).isEqualTo(2);
    }

    private static byte[] unpacked(HttpExchange exchange) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return body.readAllBytes();
        }
    }

    @Test
    void whatCannotBeCorrectedIsSaidWithItsLine() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        run("export", "--from", "2h", "--account", "other", export.toString());
        Files.writeString(export, Files.readString(export).replace("\"other\"", "\"demo\""));

        assertThat(replay(export)).isEqualTo(1);

        assertThat(err.toString()).contains("rejected.ndjson:1: not_correctable");
        assertThat(posted).isEmpty();
    }

    @Test
    void theClockIsCorrectedAsItWouldHaveBeenAtOnce() {
        var line = new CorrectableLine(
                "id",
                "demo",
                "c",
                Instant.parse("2026-11-21T12:00:00Z"),
                "f",
                JsonText.read(bytes("{\"sentAt\":\"2026-11-21T11:00:00Z\",\"batch\":[{\"messageId\":\"m\","
                        + "\"timestamp\":\"2026-11-21T10:59:00Z\"},{}]}")));

        List<Value.Fields> events = line.events();

        assertThat(events.get(0).find("sentAt")).isEmpty();
        assertThat(events.get(0).text("timestamp")).isEqualTo("2026-11-21T11:59:00Z");
        assertThat(events.get(1).text("messageId")).isEqualTo("f-1");
        assertThat(events.get(1).text("timestamp")).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void anEventOfABatchIsReplayedWithItsBatchsSentAtAndContext() throws IOException {
        keep(
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
                        bytes("{\"type\":\"track\",\"timestamp\":\"2026-11-21T11:09:00Z\"}")));
        Path export = folder.resolve("rejected.ndjson");
        run("export", "--from", "2h", "--reason", "bad_name", export.toString());

        assertThat(replay(export)).isZero();

        assertThat(posted.getFirst().text("timestamp")).isEqualTo("2026-11-21T12:09:00Z");
        assertThat(posted.getFirst().inner("context").text("locale")).isEqualTo("de");
    }

    @Test
    void aLakeThatDoesNotAnswerIsSaid() {
        bucket.down(true);

        assertThat(run("list")).isEqualTo(3);
        assertThat(err.toString()).contains("the lake does not answer");
    }

    private int replay(Path export, String... more) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "demo-key\n");
        var args = new ArrayList<>(List.of(
                "replay",
                "--tracker",
                "http://127.0.0.1:" + tracker.getAddress().getPort(),
                "--write-key-file",
                key.toString(),
                "--account",
                "demo",
                export.toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private int run(String... args) {
        return RejectedCommand.run(
                (name, pathStyle) -> new Lakes.Lake(bucket, () -> {}),
                () -> NOW,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }

    private void keep(String name, RejectedEvent... events) {
        bucket.put(
                        "rejected/" + name + ".ndjson.gz",
                        LineBatch.encode(List.of(events).stream()
                                .map(RejectedEvent::toJson)
                                .toList()))
                .join();
    }

    private static RejectedEvent rejected(String account, String code, String time, String type, String body) {
        return new RejectedEvent(
                account, code, "the reason", Instant.parse("2026-11-21T" + time + "Z"), "10.0.0.7", type, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
