package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.SqlDialect;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule set as queries over {@link ObservationTable}, each of some of its segments: columns {@code id}, the row's, and
 * {@code matching}, a list of the ids of those segments whose conditions are true. Together they answer what {@link
 * dev.sluice.model.rules.Matcher} does.
 *
 * <p>The text of a query depends on the shape of its rules only: names, texts, patterns, numbers, times, zones and ids
 * are values of parameters. The session must have the {@link SqlFunctions}; its time zone does not matter. Not
 * thread-safe.
 */
public final class RuleSql {
    /** What keeps one query within what an engine parses and plans in a second or two. */
    private static final int MOST_SEGMENTS = 50;

    /** Characters; a single segment that has more is a query of its own, bounded by what a rule may come to. */
    private static final int MOST_TEXT = 200_000;

    private static final int MOST_VALUES = 5_000;

    private final SqlDialect dialect;
    private final Words words;
    private final RuleFunctions functions;
    private final List<RuleStatement> statements = new ArrayList<>();
    private final Set<ZoneId> zones = new TreeSet<>(Comparator.comparing(ZoneId::getId));
    private final List<Fragment> segments = new ArrayList<>();
    private int text;
    private int values;

    private RuleSql(SqlDialect dialect, RuleFunctions functions) {
        this.dialect = dialect;
        this.words = Words.of(dialect);
        this.functions = functions;
    }

    /**
     * The queries: none of an empty set.
     *
     * @throws dev.sluice.model.rules.InvalidRuleException if the rules call a function that is not there
     */
    public static List<RuleStatement> of(RuleSet rules, SqlDialect dialect, RuleFunctions functions) {
        functions.check(rules);
        var sql = new RuleSql(dialect, functions);
        rules.resolved().forEach(sql::add);
        sql.finish();
        return List.copyOf(sql.statements);
    }

    private void add(String id, Condition when) {
        Set<ZoneId> used = new HashSet<>();
        var zoneSql = new ZoneSql(words, used);
        var past = new PastSql(words, zoneSql);
        Fragment condition = when.match(new ConditionSql(dialect, words, zoneSql, past, functions));
        Fragment segment = Fragment.of("if(#, #, NULL)", condition, words.text(id));
        boolean isFull = segments.size() == MOST_SEGMENTS
                || text + segment.text().length() > MOST_TEXT
                || values + segment.values().size() > MOST_VALUES;
        if (isFull) {
            finish();
        }
        segments.add(segment);
        zones.addAll(used);
        text += segment.text().length();
        values += segment.values().size();
    }

    private void finish() {
        if (segments.isEmpty()) {
            return;
        }
        Fragment from = zones.isEmpty()
                ? Fragment.of(ObservationTable.NAME)
                : Fragment.of(ObservationTable.NAME + " CROSS JOIN #", words.zones(ZoneRows.json(zones)));
        Fragment query = Fragment.of(
                "SELECT id, # AS matching FROM #", words.withoutNulls(words.list(List.copyOf(segments))), from);
        statements.add(new RuleStatement(query.text(), query.values()));
        segments.clear();
        zones.clear();
        text = 0;
        values = 0;
    }
}
