package dev.sluice.glue.rules;

import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.SqlDialect;
import dev.sluice.model.rules.sql.ObservationTable;
import dev.sluice.model.rules.sql.RuleStatement;
import dev.sluice.model.rules.sql.SqlFunctions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBFunctions;

/** DuckDB in memory. */
final class DuckDbEngine implements SqlEngine {
    private final Connection connection;

    private DuckDbEngine(Connection connection) {
        this.connection = connection;
    }

    static DuckDbEngine open() {
        try {
            var engine = new DuckDbEngine(DriverManager.getConnection("jdbc:duckdb:"));
            engine.register(SqlFunctions.FOLDED, String.class, SqlFunctions::folded);
            engine.register(SqlFunctions.INSTANT, Long.class, SqlFunctions::instant);
            engine.register(SqlFunctions.DAY, Integer.class, SqlFunctions::day);
            BiFunction<String, String, Boolean> matches = SqlFunctions::matches;
            try (var function = DuckDBFunctions.scalarFunction()) {
                function.withName(SqlFunctions.MATCHES)
                        .withParameters(String.class, String.class)
                        .withReturnType(Boolean.class)
                        .withFunction(matches)
                        .register(engine.connection);
            }
            return engine;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> void register(String name, Class<T> result, Function<String, T> form) throws SQLException {
        try (var function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameter(String.class)
                    .withReturnType(result)
                    .withFunction(form)
                    .register(connection);
        }
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.DUCKDB;
    }

    @Override
    public void observe(List<Observation> observations) {
        String columns = ObservationTable.columns(SqlDialect.DUCKDB).entrySet().stream()
                .map(column -> "\"" + column.getKey() + "\": '" + column.getValue() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
        Path file = Rows.write(Path.of("target", "observations.ndjson"), observations);
        run("CREATE OR REPLACE TABLE " + ObservationTable.NAME + " AS SELECT * FROM read_json('" + file
                + "', format = 'newline_delimited', columns = " + columns + ")");
    }

    @Override
    public Map<Integer, Set<String>> answer(List<RuleStatement> statements) {
        Map<Integer, Set<String>> answers = new HashMap<>();
        for (RuleStatement statement : statements) {
            try (var query = connection.prepareStatement(statement.text())) {
                for (int i = 0; i < statement.values().size(); i++) {
                    query.setObject(i + 1, statement.values().get(i));
                }
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        Set<String> matching =
                                answers.computeIfAbsent(Integer.valueOf(rows.getString(1)), any -> new HashSet<>());
                        for (Object segment : (Object[]) rows.getArray(2).getArray()) {
                            matching.add((String) segment);
                        }
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return answers;
    }

    @Override
    public void zone(String zone) {
        run("SET TimeZone = '" + zone + "'");
    }

    private void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
