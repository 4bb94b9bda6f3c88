package dev.sluice.model.rules;

/** The SQL that rules are written in for engines that work on many people at once. */
public enum SqlDialect {
    /** Of the console's preview. */
    DUCKDB,
    /** Of the batch jobs. */
    SPARK
}
