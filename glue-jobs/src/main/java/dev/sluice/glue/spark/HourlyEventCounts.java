package dev.sluice.glue.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import dev.sluice.glue.CountArguments;
import dev.sluice.glue.CountReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A job: how many events of each type and name happened in each hour of each account.
 *
 * <p>The lake's folders are hours of processing; the counts are hours of event time, in UTC. An event that came late is
 * counted where it happened, and one that came twice is counted once, by the copy that was received first, so that a
 * retry cannot move it. Every run counts the whole lake anew and replaces the counts of the run before.
 *
 * <p>Written: {@code counts/} with columns account, day (both are partitions), hour, type, name, events, and
 * {@code set-aside/} with the unreadable lines beside the files that they are from, as JSON lines.
 */
public final class HourlyEventCounts {
    private HourlyEventCounts() {}

    /**
     * Runs the job within the Spark that is there. Elsewhere than on Glue or under {@code spark-submit} the system
     * property {@code spark.master} says where, as in {@code local[2]}.
     */
    public static void main(String[] arguments) throws IOException {
        if (CountArguments.askForHelp(arguments)) {
            System.out.print(CountArguments.USAGE);
            return;
        }
        var told = CountArguments.parse(arguments);
        try (var spark = SparkSession.builder().appName("hourly-event-counts").getOrCreate()) {
            System.out.println(run(spark, told));
        }
    }

    /**
     * Counts, writes and reports. The session that is given keeps its own settings.
     *
     * @throws RuntimeException of Spark's, if a file cannot be read or written; the counts are then to be made again
     */
    public static CountReport run(SparkSession given, CountArguments told) {
        var spark = given.newSession();
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        // It drops a plan that turns out to be empty, and with it the observation that all lines were unreadable.
        spark.conf()
                .set(
                        "spark.sql.adaptive.optimizer.excludedRules",
                        "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation");

        var stored = StoredEvents.in(spark, told.events());
        var report = writeCounts(stored, told);
        if (report.unreadable() > 0) {
            writeSetAside(stored, told);
        } else {
            removeOld(spark, told.setAside());
        }
        return report;
    }

    private static CountReport writeCounts(Dataset<Row> stored, CountArguments told) {
        var seen = new Observation("seen");
        var counted = new Observation("counted");
        var events = stored.observe(
                        seen,
                        count(lit(1)).as("lines"),
                        count_if(not(col("readable"))).as("unreadable"))
                .where(col("readable"));

        // One file for each partition: a day of an account's counts is small.
        byHour(canonical(events))
                .observe(counted, coalesce(sum("events"), lit(0L)).as("events"))
                .repartition(col("account"), col("day"))
                .write()
                .mode(SaveMode.Overwrite)
                .format(told.format().typed())
                .option("compression", compression(told))
                .partitionBy("account", "day")
                .save(told.counts());
        return new CountReport(value(seen, "lines"), value(seen, "unreadable"), value(counted, "events"));
    }

    /** Of each event's copies the one that was received first; equal times are decided by the rest, never by chance. */
    private static Dataset<Row> canonical(Dataset<Row> events) {
        var copy = struct(
                col("event.receivedAt"),
                col("event.timestamp"),
                col("event.type"),
                coalesce(col("event.event"), col("event.name")).as("name"));
        return events.groupBy(
                        col("event.account").as("account"),
                        col("event.messageId").as("messageId"))
                .agg(min(copy).as("first"));
    }

    private static Dataset<Row> byHour(Dataset<Row> events) {
        return events.groupBy(
                        col("account"),
                        date_trunc("HOUR", col("first.timestamp")).as("hour"),
                        col("first.type").as("type"),
                        col("first.name").as("name"))
                .agg(count(lit(1)).as("events"))
                .withColumn("day", to_date(col("hour")));
    }

    private static void writeSetAside(Dataset<Row> stored, CountArguments told) {
        stored.where(not(col("readable")))
                .select("file", "line")
                .write()
                .mode(SaveMode.Overwrite)
                .option("compression", "gzip")
                .json(told.setAside());
    }

    /** Lines that an earlier run set aside and that are readable, or gone, by now. */
    private static void removeOld(SparkSession spark, String folder) {
        var path = new Path(folder);
        try {
            path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + folder, failure);
        }
    }

    private static String compression(CountArguments told) {
        return switch (told.format()) {
            case PARQUET -> "zstd";
            case JSON -> "gzip";
        };
    }

    private static long value(Observation observation, String name) {
        try {
            return (long) Objects.requireNonNull(observation.getAsJava().get(name), name);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + name, stopped);
        }
    }
}
