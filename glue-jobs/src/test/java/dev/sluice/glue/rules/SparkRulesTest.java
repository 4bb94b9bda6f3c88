package dev.sluice.glue.rules;

/** The promises of {@link RulesAsSqlContract}, by Spark. */
final class SparkRulesTest extends RulesAsSqlContract {
    SparkRulesTest() {
        super(SparkEngine.open());
    }
}
