package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.Value;
import dev.sluice.tracker.command.ImportCommand;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice import} against a running tracker. Promises: every good row becomes one event, at its own time, however often
 * the import is run, and however often it is killed in between; every bad one is told with its line and the reason, and stops
 * nothing; a file may be larger than the memory of the program that imports it.
 */
final class ImportCommandTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    private final Path folder;
    private final ImportRuns imports;

    ImportCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.imports = new ImportRuns(folder);
    }

    @BeforeAll
    static void begin() {
        TRACKER.recover();
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
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
        assertThat(imports.rejected())
                .extracting(row -> row.whole("line") + " " + row.text("code"))
                .containsExactlyInAnyOrder("5 bad_value", "6 missing_person", "7 unknown_type", "8 bad_csv");
        assertThat(imports.rejected()).anyMatch(row -> row.text("row").equals("track,csv-2"));
        Value.Fields report = imports.report();
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
        assertThat(imports.rejected())
                .hasSize(60)
                .allMatch(each -> each.text("code").equals("event_too_large"));
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
        String[] more = {"--mapping", mapping.toString(), "--rate", "5000"};
        try (var gate = new FaultyGate(TRACKER.base()).refuse(503).holdAfter(3)) {
            String[] arguments = imports.arguments(file.toString(), gate.base(), more);
            Process first = child(48, arguments);
            Path checkpoint = folder.resolve("report.json.checkpoint");
            await(() -> Files.exists(checkpoint) || !first.isAlive());
            assertThat(first.isAlive()).as("it waits at the gate").isTrue();
            first.destroyForcibly().waitFor();
            gate.open();

            assertThat(imports.main(arguments)).as("without --resume").isEqualTo(2);
            List<String> resuming = new ArrayList<>(List.of(arguments));
            resuming.add("--resume");
            assertThat(imports.main(resuming.toArray(String[]::new))).isEqualTo(1);

            assertThat(checkpoint).doesNotExist();
            assertThat(imports.report().whole("retries")).isPositive();
        }
        assertThat(stored("kill-").stream().map(Event::id).distinct()).hasSize(rows - rows / 100);
        assertThat(imports.rejected())
                .extracting(row -> row.whole("line"))
                .doesNotHaveDuplicates()
                .hasSize(rows / 100);
        assertThat(imports.report().whole("rows")).isEqualTo(rows);
        assertThat(imports.report().whole("accepted")).isEqualTo(rows - rows / 100);
    }

    @Test
    void anImportOfAnotherFileDoesNotGoOnFromThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"type\":\"identify\",\"userId\":\"u\"}");
        Files.writeString(
                folder.resolve("report.json.checkpoint"),
                "{\"v\":1,\"job\":\"another\",\"startedAt\":\"2026-11-21T00:00:00Z\",\"offset\":9,\"line\":2,"
                        + "\"rejectedBytes\":0,\"rows\":1,\"accepted\":1,\"requests\":1,\"retries\":0}");

        assertThat(run(file, "--resume")).isEqualTo(2);
        assertThat(imports.errors()).contains("begin anew");
    }

    private int run(Path file, String... more) {
        return run(file.toString(), more);
    }

    private int run(String file, String... more) {
        return imports.main(imports.arguments(file, TRACKER.base(), more));
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

    private static List<Event> stored(String prefix) {
        return TRACKER.events().stream()
                .filter(event -> event.key().qualified().startsWith("other/" + prefix))
                .toList();
    }
}
