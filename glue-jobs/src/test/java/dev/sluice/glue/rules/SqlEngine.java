package dev.sluice.glue.rules;

import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.SqlDialect;
import dev.sluice.model.rules.sql.RuleStatement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine that runs rules as SQL, for tests. */
interface SqlEngine extends AutoCloseable {
    SqlDialect dialect();

    /** Puts these observations, known by their places in the list, in place of those before. */
    void observe(List<Observation> observations);

    /** The matching segments of each observation, by its place. */
    Map<Integer, Set<String>> answer(List<RuleStatement> statements);

    /** Makes the session's zone another. */
    void zone(String zone);

    @Override
    void close();
}
