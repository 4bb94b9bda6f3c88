package dev.sluice.glue.rules;

import dev.sluice.glue.spark.SparkRules;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.SqlDialect;
import dev.sluice.model.rules.sql.RuleStatement;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark's local mode. */
final class SparkEngine implements SqlEngine {
    private final SparkSession spark;
    private final SparkRules rules;
    /** Each of its own name: the engine may read one when the next is there. */
    private int files;

    private SparkEngine(SparkSession spark) {
        this.spark = spark;
        this.rules = SparkRules.in(spark);
    }

    static SparkEngine open() {
        return new SparkEngine(SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", "target/spark")
                .config("spark.sql.warehouse.dir", "target/spark/warehouse")
                .getOrCreate());
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.SPARK;
    }

    @Override
    public void observe(List<Observation> observations) {
        Path file = Path.of("target", "observations-" + files++ + ".ndjson");
        rules.observe(Rows.write(file, observations).toString());
    }

    @Override
    public Map<Integer, Set<String>> answer(List<RuleStatement> statements) {
        Map<Integer, Set<String>> answers = new HashMap<>();
        for (RuleStatement statement : statements) {
            for (Row row : rules.answer(statement).collectAsList()) {
                answers.computeIfAbsent(Integer.valueOf(row.getString(0)), any -> new HashSet<>())
                        .addAll(row.getList(1));
            }
        }
        return answers;
    }

    @Override
    public void zone(String zone) {
        rules.session().conf().set("spark.sql.session.timeZone", zone);
    }

    @Override
    public void close() {
        spark.stop();
    }
}
