package dev.sluice.local.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A delivery stream promises, against the real servers:
 * records that are gzip members become one valid gzip file, each record once; an object is written at the size bound, at
 * the time bound and on closing; while S3 refuses, nothing is dropped and everything arrives afterwards.
 */
@ExtendWith(SharedServers.class)
final class FirehoseTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final LocalServers servers;
    private String name = "";

    FirehoseTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTheStream(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        var kinesis = servers.clients().kinesis();
        kinesis.createStream(it -> it.streamName(name).shardCount(2));
        kinesis.waiter().waitUntilStreamExists(it -> it.streamName(name));
    }

    @Test
    void recordsBecomeOneValidGzipFileOnClosing() throws IOException {
        createBucket();
        List<String> lines = put(20);

        try (var firehose = start(1_000_000, LONG)) {
            Eventually.until("all read", () -> firehose.counters().recordsRead() == 20);
            assertThat(firehose.counters().objects()).isZero();
        }

        assertThat(objects()).singleElement().satisfies(object -> {
            assertThat(linesOf(object)).containsExactlyInAnyOrderElementsOf(lines);
            assertThat(bucket().relativize(object).toString())
                    .matches("raw/\\d{4}/\\d\\d/\\d\\d/\\d\\d/" + name
                            + "-1-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}\\.gz");
        });
    }

    @Test
    void anObjectIsWrittenAtTheSizeBound() throws IOException {
        createBucket();
        List<String> lines = put(50);

        try (var firehose = start(200, LONG)) {
            Eventually.until("all read", () -> firehose.counters().recordsRead() == 50);
            assertThat(firehose.counters().objects()).isGreaterThan(3);
        }

        assertThat(allLines()).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void closingDeliversEverythingThatWasRead() throws IOException {
        createBucket();
        List<String> lines = put(50);
        var firehose = start(100, LONG);
        Eventually.until("reading", () -> firehose.counters().recordsRead() > 0);

        firehose.close();

        assertThat(firehose.counters().recordsDelivered())
                .isEqualTo(firehose.counters().recordsRead())
                .isEqualTo(allLines().size());
        assertThat(lines).containsAll(allLines());
    }

    @Test
    void anObjectIsWrittenAtTheTimeBound() throws IOException {
        createBucket();
        List<String> lines = put(3);

        try (var firehose = start(1_000_000, Duration.ofMillis(200))) {
            Eventually.until("delivered", () -> firehose.counters().recordsDelivered() == 3);
            assertThat(allLines()).containsExactlyInAnyOrderElementsOf(lines);
            assertThat(firehose.counters().bytesDelivered()).isEqualTo(bytesOf(objects()));
        }
    }

    @Test
    void whileS3RefusesNothingIsDropped() throws IOException {
        List<String> lines = put(50);

        try (var firehose = start(200, Duration.ofMillis(50))) {
            Eventually.until("refused", () -> firehose.counters().failedPuts() > 1);
            assertThat(firehose.counters().recordsDelivered()).isZero();
            createBucket();
            Eventually.until("delivered", () -> firehose.counters().recordsDelivered() == 50);
        }

        assertThat(allLines()).containsExactlyInAnyOrderElementsOf(lines);
    }

    private Firehose start(int maxBytes, Duration maxWait) {
        return Firehose.start(servers.clients(), new FirehoseSettings(name, name, "raw/", maxBytes, maxWait));
    }

    private void createBucket() {
        servers.clients().s3().createBucket(it -> it.bucket(name));
    }

    private List<String> put(int records) {
        List<String> lines =
                IntStream.range(0, records).mapToObj(i -> "{\"n\":" + i + "}").toList();
        var entries = lines.stream()
                .map(line -> PutRecordsRequestEntry.builder()
                        .partitionKey(line)
                        .data(SdkBytes.fromByteArray(gzip(line + "\n")))
                        .build())
                .toList();
        servers.clients().kinesis().putRecords(it -> it.streamName(name).records(entries));
        return lines;
    }

    private static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private Path bucket() {
        return servers.s3().folder().resolve(name);
    }

    private List<Path> objects() throws IOException {
        try (Stream<Path> files = Files.walk(bucket())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private List<String> allLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path object : objects()) {
            lines.addAll(linesOf(object));
        }
        return lines;
    }

    private static List<String> linesOf(Path object) throws IOException {
        try (var gzip = new GZIPInputStream(Files.newInputStream(object))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static long bytesOf(List<Path> objects) throws IOException {
        long bytes = 0;
        for (Path object : objects) {
            bytes += Files.size(object);
        }
        return bytes;
    }
}
