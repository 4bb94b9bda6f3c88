package dev.sluice.tracker.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice import} and trackers that do not do as it says. Promises: a dry run stores nothing, and sends nothing to who
 * would store it; a body that is too large is halved; a file that is damaged is not taken for done; the exit status and the message tell what is wrong.
 */
final class ImportTroubleTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    private final Path folder;
    private final ImportRuns imports;

    ImportTroubleTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.imports = new ImportRuns(folder);
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @Test
    void aDryRunStoresNothingAndTellsEverything() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n{\"type\":\"identify\"}\n");
        var paths = new ArrayList<String>();
        try (var judge = new Stub(body -> body.contains("\"probe\"")
                ? "{\"success\":false,\"validated\":true,\"code\":\"unknown_type\",\"rejected\":[]}"
                : "{\"success\":true,\"validated\":true,\"rejected\":[{\"index\":1,\"code\":\"missing_person\"}]}")) {
            assertThat(imports.main(imports.arguments(file.toString(), judge.base(), "--dry-run")))
                    .isEqualTo(1);
            paths.addAll(judge.paths);
        }
        assertThat(paths).hasSize(2).containsOnly("/v1/import?validate=true");
        assertThat(imports.report().flag("dryRun")).isTrue();
        assertThat(imports.report().whole("rejected")).isEqualTo(1);
    }

    @Test
    void aTrackerThatCannotJudgeWithoutStoringIsSentNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n");
        try (var old = new Stub(body -> "{\"success\":false,\"code\":\"unknown_type\",\"rejected\":[]}")) {
            assertThat(imports.main(imports.arguments(file.toString(), old.base(), "--dry-run")))
                    .isEqualTo(2);
            assertThat(old.paths).hasSize(1);
        }
    }

    @Test
    void aDryRunWaitsForATrackerThatHasNoRoomAndTellsAWrongKey() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n");
        try (var busy = new FaultyGate(TRACKER.base()).refuse(503, 429)) {
            assertThat(imports.main(imports.arguments(file.toString(), busy.base(), "--dry-run")))
                    .isZero();
        }
        imports.writeKey("nobody");
        assertThat(imports.main(imports.arguments(file.toString(), TRACKER.base(), "--dry-run")))
                .isEqualTo(2);
        assertThat(imports.errors()).contains("does not know the write key").doesNotContain("cannot judge");
    }

    @Test
    void aBodyThatIsTooLargeForTheTrackerIsHalved() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.ndjson"),
                Stream.iterate(0, i -> i + 1)
                        .limit(7)
                        .map(i -> "{\"type\":\"identify\",\"userId\":\"h" + i + "\"}")
                        .collect(Collectors.joining("\n")));
        try (var small = new Stub(body -> body.split("userId", -1).length > 3 || body.contains("h5")
                ? "{\"success\":false,\"code\":\"body_too_large\",\"message\":\"m\",\"rejected\":[]}"
                : "{\"success\":true,\"rejected\":[]}")) {
            assertThat(imports.main(imports.arguments(file.toString(), small.base())))
                    .isEqualTo(1);
        }
        assertThat(imports.report().whole("accepted")).isEqualTo(6);
        assertThat(imports.rejected())
                .singleElement()
                .satisfies(row -> assertThat(row.whole("line")).isEqualTo(6));
    }

    @Test
    void whatIsWrongIsToldByTheExitStatus() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n");
        Path csv = Files.writeString(folder.resolve("a.csv"), "userId,Age\nu,1\n");

        assertThat(run(csv)).isEqualTo(2);
        assertThat(imports.errors()).contains("column Age");
        assertThat(imports.main(
                        imports.arguments(file.toString(), URI.create("http://127.0.0.1:1"), "--give-up-after", "0")))
                .isEqualTo(3);
        assertThat(imports.report().flag("complete")).isFalse();
        assertThat(run(folder.resolve("none.csv"))).isEqualTo(2);
        imports.writeKey("nobody");
        assertThat(run(file)).isEqualTo(2);
        assertThat(imports.errors()).contains("does not know the write key");
        assertThat(imports.main("--help")).isZero();
    }

    @Test
    void aFileWhoseSecondMemberIsDamagedIsNotTakenForDone() throws IOException {
        var file = new ByteArrayOutputStream();
        file.writeBytes(gzip(rows(1, 2100)));
        int second = file.size();
        file.writeBytes(gzip(rows(2100, 2200)));
        byte[] damaged = file.toByteArray();
        damaged[second] = 0;
        Path path = Files.write(folder.resolve("a.ndjson.gz"), damaged);

        assertThat(run(path)).isEqualTo(3);

        assertThat(imports.errors()).contains("cannot be read any further, it is damaged");
        assertThat(imports.report().flag("complete")).isFalse();
        assertThat(folder.resolve("report.json.checkpoint")).exists();
        assertThat(imports.report().whole("accepted")).isEqualTo(2000);
    }

    private static byte[] rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"type\":\"identify\",\"userId\":\"member-" + i + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private int run(Path file) {
        return imports.main(imports.arguments(file.toString(), TRACKER.base()));
    }

    /** A tracker of another kind. */
    private static final class Stub implements AutoCloseable {
        private final HttpServer server;
        private final List<String> paths = new ArrayList<>();

        Stub(Function<String, String> answers) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    byte[] packed = exchange.getRequestBody().readAllBytes();
                    String body =
                            new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), UTF_8);
                    paths.add(exchange.getRequestURI().toString());
                    byte[] answer = answers.apply(body).getBytes(UTF_8);
                    exchange.sendResponseHeaders(answers.apply(body).contains("true,") ? 200 : 413, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
        }

        URI base() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
