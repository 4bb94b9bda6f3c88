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

/** A session of Spark's in which rules are asked as SQL. Not thread-safe. */
public final class SparkRules {
    private final SparkSession session;

    private SparkRules(SparkSession session) {
        this.session = session;
    }

    /** In a session of its own: settings and names of the one that is given stay as they are. */
    public static SparkRules in(SparkSession given) {
        SparkSession session = given.newSession();
        session.conf().set("spark.sql.ansi.enabled", true);
        // Else Spark 4.1 writes the values into the text, and the text would be a rule author's.
        session.conf().set("spark.sql.legacy.parameterSubstitution.constantsOnly", true);
        // Lambdas are interpreted whatever is set; to write and compile Java for the rest takes longer than it saves.
        session.conf().set("spark.sql.codegen.wholeStage", false);
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        UDF2<String, String, Boolean> matches = SqlFunctions::matches;
        UDF1<String, String> folded = SqlFunctions::folded;
        UDF1<String, Long> instant = SqlFunctions::instant;
        UDF1<String, Integer> day = SqlFunctions::day;
        session.udf().register(SqlFunctions.MATCHES, matches, DataTypes.BooleanType);
        session.udf().register(SqlFunctions.FOLDED, folded, DataTypes.StringType);
        session.udf().register(SqlFunctions.INSTANT, instant, DataTypes.LongType);
        session.udf().register(SqlFunctions.DAY, day, DataTypes.IntegerType);
        return new SparkRules(session);
    }

    /** The session that answers. Its time zone does not matter. */
    public SparkSession session() {
        return session;
    }

    /** Takes the observations of files of JSON lines in place of those before. */
    public void observe(String files) {
        session.read()
                .schema(schema())
                .option("mode", "FAILFAST")
                .json(files)
                .createOrReplaceTempView(ObservationTable.NAME);
    }

    /**
     * The answer of a statement: columns {@code id} and {@code matching}.
     *
     * @throws IllegalArgumentException if a function's form has a {@code ?} in it
     */
    public Dataset<Row> answer(RuleStatement statement) {
        Map<String, Object> values = new HashMap<>();
        String named = named(statement, values);
        return session.sql(named, values);
    }

    /** With names for places: Spark 4.1 mixes up places that stand inside and outside of a lambda. */
    private static String named(RuleStatement statement, Map<String, Object> values) {
        String[] between = statement.text().split("\\?", -1);
        if (between.length != statement.values().size() + 1) {
            throw new IllegalArgumentException("a statement has " + (between.length - 1) + " question marks for "
                    + statement.values().size() + " values");
        }
        StringBuilder text = new StringBuilder(between[0]);
        for (int i = 1; i < between.length; i++) {
            values.put("p" + i, statement.values().get(i - 1));
            text.append(":p").append(i).append(between[i]);
        }
        return text.toString();
    }

    private static StructType schema() {
        return StructType.fromDDL(ObservationTable.columns(SqlDialect.SPARK).entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", ")));
    }
}
