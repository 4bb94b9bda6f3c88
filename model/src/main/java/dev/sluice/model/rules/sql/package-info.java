/**
 * Rules as SQL: one row for each observation ({@link dev.sluice.model.rules.sql.ObservationRow}) and one query that
 * tells which segments' conditions are true of it ({@link dev.sluice.model.rules.sql.RuleSql}), for two engines.
 *
 * <p>A reading of the language of its own: may import the rule language, and never what evaluates it. Start with {@code
 * RuleSql}, then {@code ConditionSql}.
 */
@NullMarked
package dev.sluice.model.rules.sql;

import org.jspecify.annotations.NullMarked;
