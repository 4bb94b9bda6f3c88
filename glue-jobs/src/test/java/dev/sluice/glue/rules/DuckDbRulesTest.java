package dev.sluice.glue.rules;

/** The promises of {@link RulesAsSqlContract}, by DuckDB. */
final class DuckDbRulesTest extends RulesAsSqlContract {
    DuckDbRulesTest() {
        super(DuckDbEngine.open());
    }
}
