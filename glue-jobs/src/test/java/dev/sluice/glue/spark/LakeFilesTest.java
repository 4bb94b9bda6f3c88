package dev.sluice.glue.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Codec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the lake's files promise, in either codec: Spark and DuckDB read every batch of a file, also small ones between
 * large ones and the one that ends it; a damaged file fails the run. Of a zstd file that is cut short Spark reads what is
 * whole and says nothing; S3 puts an object whole or not at all.
 */
final class LakeFilesTest {
    private static final int LINES = 3 + 5000 + 1;

    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", "target/spark")
            .config("spark.sql.warehouse.dir", "target/spark/warehouse")
            .getOrCreate();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        SPARK.stop();
    }

    @ParameterizedTest
    @EnumSource
    void sparkReadsEveryBatch(Codec.Format format) throws Exception {
        var lake = lake(format);

        var rows = StoredEvents.in(SPARK, lake.root().toString());

        assertThat(rows.filter("readable").select("event.messageId").distinct().count())
                .isEqualTo(LINES);
    }

    @ParameterizedTest
    @EnumSource
    void duckDbReadsEveryBatch(Codec.Format format) throws Exception {
        var lake = lake(format);
        String files = lake.root() + "/events/*/*/*/*/*" + format.extension();

        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(DISTINCT messageId) FROM read_json('" + files
                        + "', format = 'newline_delimited', columns = {messageId: 'VARCHAR'})")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(LINES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileFailsTheRun(Codec.Format format) throws Exception {
        var lake = lake(format);
        byte[] bytes = Files.readAllBytes(file(lake));
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file(lake), bytes);

        assertThatThrownBy(() -> StoredEvents.in(SPARK, lake.root().toString())
                        .select("event")
                        .collectAsList())
                .isInstanceOf(Exception.class);
    }

    @Test
    void aGzipFileCutShortFailsTheRun() throws Exception {
        var lake = lake(Codec.Format.GZIP);
        byte[] bytes = Files.readAllBytes(file(lake));
        Files.write(file(lake), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> StoredEvents.in(SPARK, lake.root().toString()).count())
                .isInstanceOf(Exception.class);
    }

    private LakeOnDisk lake(Codec.Format format) throws Exception {
        var lake = new LakeOnDisk(folder.resolve("lake"), new Codec(format, 1));
        lake.file("2026/11/21/06", "a", lines(0, 3), lines(3, 5003), lines(5003, 5004));
        return lake;
    }

    private static Path file(LakeOnDisk lake) throws Exception {
        try (var files = Files.walk(lake.root())) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"v\":1,\"account\":\"demo\",\"slot\":1,\"type\":\"track\",\"messageId\":\"m-" + i
                        + "\",\"event\":\"A\",\"userId\":\"u" + i % 100
                        + "\",\"timestamp\":\"2026-11-21T06:00:00Z\",\"receivedAt\":\"2026-11-21T06:00:01Z\"}")
                .toList();
    }
}
