package dev.sluice.glue.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.glue.CountArguments;
import dev.sluice.glue.CountReport;
import dev.sluice.glue.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the counts promise:
 * - an event is counted in the UTC hour in which it happened, whatever folder it lies in and whatever the JVM's zone;
 * - copies of an event count once, by the copy received first, in whatever file that is; accounts do not mix;
 * - every gzip member of a file is read;
 * - a line that is no stored event is counted, kept aside and stops nothing; a damaged file stops the run;
 * - a second run replaces the first, and lines set aside before do not linger;
 * - the session that is lent keeps its settings.
 */
final class HourlyEventCountsTest {
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.session.timeZone", "America/New_York")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", "target/spark")
            .config("spark.sql.warehouse.dir", "target/spark/warehouse")
            .getOrCreate();

    private final LakeOnDisk lake;
    private final CountArguments told;

    HourlyEventCountsTest(@TempDir Path folder) {
        this.lake = new LakeOnDisk(folder.resolve("lake"));
        this.told =
                new CountArguments(lake.root().toString(), folder.resolve("out").toString(), OutputFormat.PARQUET);
    }

    @AfterAll
    static void stop() {
        SPARK.stop();
    }

    @Test
    void theBuildRunsThisInAZoneHalfAnHourOffTheHour() {
        assertThat(TimeZone.getDefault().getRawOffset() % Duration.ofHours(1).toMillis())
                .isNotZero();
    }

    @Test
    void eventsAreCountedInTheHourInWhichTheyHappened() throws IOException {
        lake.file(
                "2026/11/21/06",
                "a",
                List.of(
                        track("demo", "m1", "Ad Clicked", "2026-11-21T06:40:10.123Z"),
                        track("demo", "m2", "Ad Clicked", "2026-11-21T06:59:59.999Z")),
                List.of(track("demo", "m3", "Card Played", "2026-11-21T07:00:00.000Z")),
                List.of(
                        event("demo", "m4", typed("page", "name", "Shop"), "2026-11-21T06:00:00Z"),
                        event("demo", "m5", "\"type\":\"identify\"", "2026-11-21T06:00:00.001Z")));
        // Offline phones: processed a day and a month after they happened.
        lake.file(
                "2026/11/21/09",
                "late",
                List.of(track("demo", "m6", "Ad Clicked", "2026-11-20T23:59:59.999Z")),
                List.of(track("demo", "m7", "Ad Clicked", "2026-10-21T06:30:00.000Z")),
                List.of(track("other", "m1", "Ad Clicked", "2026-11-21T06:40:10.123Z")));

        var report = HourlyEventCounts.run(SPARK, told);

        assertThat(report).isEqualTo(new CountReport(8, 0, 8));
        assertThat(counts())
                .containsExactlyInAnyOrder(
                        "demo 2026-11-21 06 track Ad Clicked 2",
                        "demo 2026-11-21 07 track Card Played 1",
                        "demo 2026-11-21 06 page Shop 1",
                        "demo 2026-11-21 06 identify null 1",
                        "demo 2026-11-20 23 track Ad Clicked 1",
                        "demo 2026-10-21 06 track Ad Clicked 1",
                        "other 2026-11-21 06 track Ad Clicked 1");
    }

    @Test
    void aRetriedEventCountsOnceByTheCopyReceivedFirst() throws IOException {
        var first = received("demo", "m1", "2026-11-21T06:59:00.000Z", "2026-11-21T06:59:01.000Z");
        var moved = received("demo", "m1", "2026-11-21T08:10:00.000Z", "2026-11-21T08:10:01.000Z");
        var same = received("demo", "m1", "2026-11-21T06:59:00.000Z", "2026-11-21T06:59:01.000Z");
        var early = received("demo", "m2", "2026-11-21T05:00:00.000Z", "2026-11-21T05:00:00.500Z");
        var retry = received("demo", "m2", "2026-11-21T07:00:00.000Z", "2026-11-21T07:00:00.500Z");
        lake.file("2026/11/21/06", "a", List.of(first, retry), List.of(same));
        lake.file("2026/11/21/08", "b", List.of(moved, early), List.of(first));

        var report = HourlyEventCounts.run(SPARK, told);

        assertThat(report).isEqualTo(new CountReport(6, 0, 2));
        assertThat(report.repeats()).isEqualTo(4);
        assertThat(counts())
                .containsExactlyInAnyOrder(
                        "demo 2026-11-21 06 track Ad Clicked 1", "demo 2026-11-21 05 track Ad Clicked 1");
    }

    @Test
    void linesThatAreNoEventsAreKeptAsideAndStopNothing() throws IOException {
        var good = track("demo", "m1", "Ad Clicked", "2026-11-21T06:40:10.123Z");
        var bad = List.of(
                "not json",
                good.substring(0, 40),
                good.replace("\"v\":1", "\"v\":2"),
                good.replace("\"demo\"", "\"Demo/..\""),
                good.replace("\"messageId\":\"m1\",", ""),
                good.replace("\"track\"", "\"delete\""),
                good.replace("06:40:10.123Z", "06:40:10.123"),
                good.replace("\"receivedAt\":\"", "\"receivedAt\":\"late "),
                "[]",
                "");
        var file = lake.file("2026/11/21/06", "a", List.of(good), bad, List.of(good.replace("m1", "m2")));

        var report = HourlyEventCounts.run(SPARK, told);

        assertThat(report).isEqualTo(new CountReport(12, 10, 2));
        assertThat(counts()).containsExactly("demo 2026-11-21 06 track Ad Clicked 2");
        assertThat(SPARK.read()
                        .schema("file STRING, line STRING")
                        .json(told.setAside())
                        .collectAsList())
                .allSatisfy(row ->
                        assertThat(row.getString(0)).endsWith(file.getFileName().toString()))
                .extracting(row -> row.getString(1))
                .containsExactlyInAnyOrderElementsOf(bad);
    }

    @Test
    void aLakeOfNothingButUnreadableLinesSaysSo() throws IOException {
        lake.file("2026/11/21/06", "a", List.of("not json", "nor this"));

        assertThat(HourlyEventCounts.run(SPARK, told)).isEqualTo(new CountReport(2, 2, 0));
    }

    @Test
    void aSecondRunReplacesTheFirst() throws IOException {
        var damaged = lake.file("2026/11/21/06", "a", List.of("not json"));
        lake.file("2026/11/21/07", "b", List.of(track("demo", "m1", "Ad Clicked", "2026-11-20T06:40:10.123Z")));
        HourlyEventCounts.run(SPARK, told);
        assertThat(Path.of(told.setAside())).exists();

        Files.delete(damaged);
        HourlyEventCounts.run(SPARK, told);
        var report = HourlyEventCounts.run(SPARK, told);

        assertThat(report).isEqualTo(new CountReport(1, 0, 1));
        assertThat(counts()).containsExactly("demo 2026-11-20 06 track Ad Clicked 1");
        assertThat(Path.of(told.setAside())).doesNotExist();
    }

    @Test
    void aDamagedFileStopsTheRun() throws IOException {
        var file =
                lake.file("2026/11/21/06", "a", List.of(track("demo", "m1", "Ad Clicked", "2026-11-21T06:40:10.123Z")));
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> HourlyEventCounts.run(SPARK, told)).hasMessageContaining("a.ndjson.gz");
    }

    @Test
    void anEmptyLakeCountsNothing() throws IOException {
        Files.createDirectories(Path.of(told.events()));

        assertThat(HourlyEventCounts.run(SPARK, told)).isEqualTo(new CountReport(0, 0, 0));
    }

    @Test
    void daysArePartitionsAndCountsCanBeJson() throws IOException {
        lake.file("2026/11/21/06", "a", List.of(track("demo", "m1", "Ad Clicked", "2026-11-20T23:40:10.123Z")));
        var asJson = new CountArguments(told.lake(), told.output(), OutputFormat.JSON);

        HourlyEventCounts.run(SPARK, asJson);

        var day = Path.of(asJson.counts(), "account=demo", "day=2026-11-20");
        assertThat(SPARK.read().text(day.toString()).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly(
                        "{\"hour\":\"2026-11-20T23:00:00.000Z\",\"type\":\"track\",\"name\":\"Ad Clicked\",\"events\":1}");
    }

    @Test
    void theLentSessionKeepsItsSettings() throws IOException {
        Files.createDirectories(Path.of(told.events()));

        HourlyEventCounts.run(SPARK, told);

        assertThat(SPARK.conf().get("spark.sql.session.timeZone")).isEqualTo("America/New_York");
    }

    /** Reads what was written as "account day hour type name events", with types told, as partitions would be guessed. */
    private List<String> counts() {
        var utc = SPARK.newSession();
        utc.conf().set("spark.sql.session.timeZone", "UTC");
        return utc
                .read()
                .schema("account STRING, day STRING, hour TIMESTAMP, type STRING, name STRING, events BIGINT")
                .parquet(told.counts())
                .selectExpr("account", "day", "date_format(hour, 'HH')", "type", "name", "events")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }

    private static String track(String account, String messageId, String name, String timestamp) {
        return event(account, messageId, typed("track", "event", name), timestamp);
    }

    private static String event(String account, String messageId, String kind, String timestamp) {
        return line(account, messageId, kind, times(timestamp, "2026-11-21T09:00:00.000Z"));
    }

    private static String received(String account, String messageId, String timestamp, String receivedAt) {
        return line(account, messageId, typed("track", "event", "Ad Clicked"), times(timestamp, receivedAt));
    }

    private static String typed(String type, String nameField, String name) {
        return "\"type\":\"%s\",\"%s\":\"%s\"".formatted(type, nameField, name);
    }

    private static String times(String timestamp, String receivedAt) {
        return "\"timestamp\":\"%s\",\"receivedAt\":\"%s\"".formatted(timestamp, receivedAt);
    }

    private static String line(String account, String messageId, String kind, String times) {
        return ("{\"v\":1,\"account\":\"%s\",\"slot\":17,%s,\"messageId\":\"%s\",\"userId\":\"u1\",%s,"
                        + "\"node\":\"10.0.0.7\",\"properties\":{\"brand\":\"Acme Cola\",\"timestamp\":\"never\"}}")
                .formatted(account, kind, messageId, times);
    }
}
