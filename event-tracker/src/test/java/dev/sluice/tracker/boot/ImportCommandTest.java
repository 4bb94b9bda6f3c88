package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.Event;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.tracker.command.ImportCommand;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice import} against a running tracker. Promises: every good row becomes one event, at its own time, however often
 * the import is run, and however often it is killed in between; every bad one is told with its line and the reason, and stops
 * nothing; a file may be larger than the memory of the program that imports it.
 */
final class ImportCommandTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private Path writeKey = Path.of("");

    @BeforeAll
    static void begin() {
        TRACKER.recover();
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @BeforeEach
    void writeKey() throws IOException {
        writeKey = Files.writeString(folder.resolve("key"), "key-2\n");
    }

    @Test
    void aCsvFileBecomesEventsOfLongAgo() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.csv"), """
                type,userId,event,timestamp,properties.revenue:number,properties.note
                track,csv-1,Order Completed,2019-03-31T01:30:00Z,12.5,"two
                lines, ""quoted"" é"
                track,csv-1,Order Completed,2020-02-29 23:59:59,3,
                track,csv-2,Order Completed,2020-02-29 23:59:59,much,
                track,,Order Completed,2020-02-29 23:59:59,4,
                walk,csv-2,Order Completed,2020-02-29 23:59:59,4,
                track,csv-2
                track,csv-2,Order Completed,2021-01-01,5,
                """);

        assertThat(run(file)).isEqualTo(1);

        assertThat(stored("csv-"))
                .extracting(event -> event.timestamp().toString())
                .containsExactlyInAnyOrder("2019-03-31T01:30:00Z", "2020-02-29T23:59:59Z", "2021-01-01T00:00:00Z");
        assertThat(stored("csv-1").getFirst().properties().text("note")).isEqualTo("two\nlines, \"quoted\" é");
        assertThat(rejected())
                .extracting(row -> row.whole("line") + " " + row.text("code"))
                .containsExactlyInAnyOrder("5 bad_value", "6 missing_person", "7 unknown_type", "8 bad_csv");
        assertThat(rejected()).anyMatch(row -> row.text("row").equals("track,csv-2"));
        Value.Fields report = report();
        assertThat(report.whole("rows")).isEqualTo(7);
        assertThat(report.whole("accepted")).isEqualTo(3);
        assertThat(report.whole("rejected")).isEqualTo(4);
        assertThat(report.inner("rejectedByCode").whole("unknown_type")).isEqualTo(1);
        assertThat(report.flag("complete")).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("rejected"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anImportThatIsRunTwiceCountsOnce() throws IOException {
        Path file = Files.writeString(
                folder.resolve("people.ndjson"),
                "{\"type\":\"identify\",\"userId\":\"twice-1\",\"traits\":{\"plan\":\"gold\"}}\n"
                        + "{\"type\":\"group\",\"userId\":\"twice-1\",\"groupId\":\"g\"}\n");

        assertThat(List.of(run(file), run(file))).containsExactly(0, 0);

        assertThat(stored("twice-")).hasSize(4);
        assertThat(stored("twice-").stream().map(Event::id).distinct()).hasSize(2);
    }

    @Test
    void aMappingMakesEventsOfSomeoneElsesFile() throws IOException {
        Path file = Files.writeString(folder.resolve("crm.txt"), "Customer;Joined;Comment\nmap-1;2024-07-01;x\n");
        Path mapping = Files.writeString(folder.resolve("mapping.json"), """
                {"columns": {"Customer": "userId", "Joined": "traits.joined:time"}, "others": "ignore",
                 "zone": "Europe/Berlin"}""");

        assertThat(run(
                        file,
                        "--format",
                        "csv",
                        "--separator",
                        ";",
                        "--mapping",
                        mapping.toString(),
                        "--type",
                        "identify"))
                .isZero();

        assertThat(stored("map-1").getFirst().traits().text("joined")).isEqualTo("2024-06-30T22:00:00Z");
    }

    @Test
    void anObjectOfS3IsReadPieceByPiece() {
        String row = "%s,track,Order Completed,%s%n";
        String csv = "userId,type,event,properties.note\n"
                + Stream.iterate(0, i -> i + 1)
                        .limit(60)
                        .map(i -> row.formatted("s3-" + i, "y".repeat(100_000)))
                        .collect(Collectors.joining())
                + row.formatted("s3-last", "z");
        try (var s3 = new OneObject(csv.getBytes(UTF_8))) {
            String before =
                    System.setProperty("aws.endpointUrlS3", s3.endpoint().toString());

            assertThat(run("s3://history/orders.csv", "--path-style")).isEqualTo(1);
            assertThat(run("s3://history/none.csv", "--path-style")).isEqualTo(3);

            System.setProperty("aws.endpointUrlS3", String.valueOf(before));
            assertThat(s3.ranges()).hasSizeGreaterThan(2);
        }
        assertThat(stored("s3-"))
                .singleElement()
                .satisfies(event -> assertThat(event.key().qualified()).isEqualTo("other/s3-last"));
        assertThat(rejected()).hasSize(60).allMatch(each -> each.text("code").equals("event_too_large"));
    }

    @Test
    void aKilledImportGoesOnWhereItWasFromAFileLargerThanItsMemory() throws IOException, InterruptedException {
        int rows = 1500;
        Path file = folder.resolve("large.csv");
        Path mapping = Files.writeString(folder.resolve("mapping.json"), """
                {"columns": {"id": "userId", "n": "properties.n:number"}, "constants": {"type": "track", "event": "Walked"},
                 "others": "ignore"}""");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,n,ignored\n");
            for (int i = 0; i < rows; i++) {
                out.write("kill-" + i + "," + (i % 100 == 7 ? "many" : i) + "," + "y".repeat(50_000) + "\n");
            }
        }
        String[] more = {"--mapping", mapping.toString(), "--rate", "500"};
        try (var gate = new FaultyGate(TRACKER.base()).refuse(503)) {
            String[] arguments = arguments(file.toString(), gate.base(), more);
            Process first = child(48, arguments);
            Path checkpoint = folder.resolve("report.json.checkpoint");
            await(() -> Files.exists(checkpoint) || !first.isAlive());
            assertThat(first.isAlive()).as("it is in the middle").isTrue();
            first.destroyForcibly().waitFor();

            assertThat(main(arguments)).as("without --resume").isEqualTo(2);
            List<String> resuming = new ArrayList<>(List.of(arguments));
            resuming.add("--resume");
            assertThat(main(resuming.toArray(String[]::new))).isEqualTo(1);

            assertThat(checkpoint).doesNotExist();
            assertThat(report().whole("retries")).isPositive();
        }
        assertThat(stored("kill-").stream().map(Event::id).distinct()).hasSize(rows - rows / 100);
        assertThat(rejected())
                .extracting(row -> row.whole("line"))
                .doesNotHaveDuplicates()
                .hasSize(rows / 100);
        assertThat(report().whole("rows")).isEqualTo(rows);
        assertThat(report().whole("accepted")).isEqualTo(rows - rows / 100);
    }

    @Test
    void anImportOfAnotherFileDoesNotGoOnFromThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}");
        Files.writeString(
                folder.resolve("report.json.checkpoint"),
                "{\"v\":1,\"job\":\"another\",\"startedAt\":\"2026-11-21T00:00:00Z\",\"offset\":9,\"line\":2,"
                        + "\"rejectedBytes\":0,\"rows\":1,\"accepted\":1,\"requests\":1,\"retries\":0}");

        assertThat(run(file, "--resume")).isEqualTo(2);
        assertThat(err.toString()).contains("begin anew");
    }

    @Test
    void aDryRunStoresNothingAndTellsEverything() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n{\"type\":\"identify\"}\n");
        var paths = new ArrayList<String>();
        try (var judge = new Stub(body -> body.contains("\"probe\"")
                ? "{\"success\":false,\"validated\":true,\"code\":\"unknown_type\",\"rejected\":[]}"
                : "{\"success\":true,\"validated\":true,\"rejected\":[{\"index\":1,\"code\":\"missing_person\"}]}")) {
            assertThat(main(arguments(file.toString(), judge.base(), "--dry-run")))
                    .isEqualTo(1);
            paths.addAll(judge.paths);
        }
        assertThat(paths).hasSize(2).containsOnly("/v1/import?validate=true");
        assertThat(report().flag("dryRun")).isTrue();
        assertThat(report().whole("rejected")).isEqualTo(1);
    }

    @Test
    void aTrackerThatCannotJudgeWithoutStoringIsSentNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n");
        try (var old = new Stub(body -> "{\"success\":false,\"code\":\"unknown_type\",\"rejected\":[]}")) {
            assertThat(main(arguments(file.toString(), old.base(), "--dry-run")))
                    .isEqualTo(2);
            assertThat(old.paths).hasSize(1);
        }
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
            assertThat(main(arguments(file.toString(), small.base()))).isEqualTo(1);
        }
        assertThat(report().whole("accepted")).isEqualTo(6);
        assertThat(rejected())
                .singleElement()
                .satisfies(row -> assertThat(row.whole("line")).isEqualTo(6));
    }

    @Test
    void whatIsWrongIsToldByTheExitStatus() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}\n");
        Path csv = Files.writeString(folder.resolve("a.csv"), "userId,Age\nu,1\n");

        assertThat(run(csv)).isEqualTo(2);
        assertThat(err.toString()).contains("column Age");
        assertThat(main(arguments(file.toString(), URI.create("http://127.0.0.1:1"), "--give-up-after", "0")))
                .isEqualTo(3);
        assertThat(report().flag("complete")).isFalse();
        assertThat(run(folder.resolve("none.csv"))).isEqualTo(2);
        Files.writeString(writeKey, "nobody");
        assertThat(run(file)).isEqualTo(2);
        assertThat(err.toString()).contains("does not know the write key");
        assertThat(main("--help")).isZero();
    }

    private int run(Path file, String... more) {
        return run(file.toString(), more);
    }

    private int run(String file, String... more) {
        return main(arguments(file, TRACKER.base(), more));
    }

    private int main(String... arguments) {
        return ImportCommand.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    }

    private String[] arguments(String file, URI tracker, String... more) {
        return Stream.concat(
                        Stream.of(
                                file,
                                "--tracker",
                                tracker.toString(),
                                "--write-key-file",
                                writeKey.toString(),
                                "--report",
                                folder.resolve("report.json").toString(),
                                "--rejected",
                                folder.resolve("rejected").toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** The same in a process of its own, with so many megabytes of memory. */
    private static Process child(int megabytes, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ImportCommand.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Value.Fields report() throws IOException {
        return JsonText.readObject(Files.readAllBytes(folder.resolve("report.json")));
    }

    private List<Value.Fields> rejected() {
        try (Stream<String> lines = Files.lines(folder.resolve("rejected"))) {
            return lines.map(line -> JsonText.readObject(line.getBytes(UTF_8))).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Event> stored(String prefix) {
        return TRACKER.events().stream()
                .filter(event -> event.key().qualified().startsWith("other/" + prefix))
                .toList();
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
