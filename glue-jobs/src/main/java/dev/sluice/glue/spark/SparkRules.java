package dev.sluice.glue.spark;

import dev.sluice.model.rules.SqlDialect;
import dev.sluice.model.rules.sql.ObservationTable;
import dev.sluice.model.rules.sql.RuleStatement;
import dev.sluice.model.rules.sql.SqlFunctions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A session of Spark that can answer rules as SQL. */
public final class SparkRules {
    private final SparkSession session;

    private SparkRules(SparkSession session) {
        this.session = session;
    }

    /** In a session of its own, so that neither the settings nor the names of the one given are touched. */
    public static SparkRules in(SparkSession given) {
        SparkSession session = given.newSession();
        session.conf().set("spark.sql.ansi.enabled", true);
        session.conf().set("spark.sql.legacy.parameterSubstitution.constantsOnly", true);
        session.udf()
                .register(
                        SqlFunctions.MATCHES,
                        (UDF2<String, String, Boolean>) SqlFunctions::matches,
                        DataTypes.BooleanType);
        session.udf().register(SqlFunctions.FOLDED, (UDF1<String, String>) SqlFunctions::folded, DataTypes.StringType);
        session.udf().register(SqlFunctions.INSTANT, (UDF1<String, Long>) SqlFunctions::instant, DataTypes.LongType);
        session.udf().register(SqlFunctions.DAY, (UDF1<String, Integer>) SqlFunctions::day, DataTypes.IntegerType);
        return new SparkRules(session);
    }

    /** Takes the observations of files of JSON lines, in place of those before. */
    public void observe(String files) {
        session.read()
                .schema(schema())
                .option("mode", "FAILFAST")
                .json(files)
                .createOrReplaceTempView(ObservationTable.NAME);
    }

    /** The answer of one statement: columns {@code id} and {@code matching}. */
    public Dataset<Row> answer(RuleStatement statement) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object value : statement.values()) {
            int to = statement.text().indexOf('?', from);
            String name = "p" + values.size();
            values.put(name, value);
            text.append(statement.text(), from, to).append(':').append(name);
            from = to + 1;
        }
        return session.sql(text.append(statement.text().substring(from)).toString(), values);
    }

    private static StructType schema() {
        Map<String, String> columns = ObservationTable.columns(SqlDialect.SPARK);
        return StructType.fromDDL(columns.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", ")));
    }
}
