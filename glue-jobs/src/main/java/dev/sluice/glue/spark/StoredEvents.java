package dev.sluice.glue.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake's lines as rows {@code file, line, event, readable}, where {@code event} holds the fields of a stored event
 * (version 1) that jobs use. The schema is told, never guessed: a guess reads the lake twice and changes with the data.
 *
 * <p>Files are read by what their names end in: {@code .zst} or {@code .gz}, each a row of zstd frames or gzip members. A
 * file that is damaged fails the run, since to leave it out silently would be a wrong count.
 */
final class StoredEvents {
    private static final StructType SCHEMA = new StructType()
            .add("v", DataTypes.IntegerType)
            .add("account", DataTypes.StringType)
            .add("messageId", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("event", DataTypes.StringType)
            .add("name", DataTypes.StringType)
            .add("timestamp", DataTypes.TimestampType)
            .add("receivedAt", DataTypes.TimestampType);

    /** An instant always says its offset; one that does not is unreadable, whatever the session's zone. */
    private static final Map<String, String> JSON =
            Map.of("mode", "PERMISSIVE", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX");

    private static final String ACCOUNT = "\\A[a-z0-9][a-z0-9-]{0,31}\\z";
    private static final int LONGEST_MESSAGE_ID = 100;

    private StoredEvents() {}

    static Dataset<Row> in(SparkSession spark, String folder) {
        return spark.read()
                .option("recursiveFileLookup", true)
                .text(folder)
                .select(col("_metadata.file_path").as("file"), col("value").as("line"))
                .withColumn("event", from_json(col("line"), SCHEMA, JSON))
                .withColumn("readable", readable());
    }

    private static Column readable() {
        var readable = col("event.v")
                .equalTo(1)
                .and(col("event.account").rlike(ACCOUNT))
                .and(length(col("event.messageId")).between(1, LONGEST_MESSAGE_ID))
                .and(col("event.type").isin("track", "identify", "page", "screen", "group", "alias"))
                .and(col("event.timestamp").isNotNull())
                .and(col("event.receivedAt").isNotNull());
        return coalesce(readable, lit(false));
    }
}
