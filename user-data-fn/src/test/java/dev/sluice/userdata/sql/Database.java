package dev.sluice.userdata.sql;

import dev.sluice.userdata.Ports;
import dev.sluice.userdata.RowChange;
import dev.sluice.userdata.RowChangeJson;
import dev.sluice.userdata.RowLimits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real PostgreSQL, with the product's table and triggers and a stand-in for aws_lambda. To start one takes longer than all
 * tests: they share one, each finds it {@link #empty}, and it ends with the JVM.
 */
final class Database {
    private static final Database SHARED = start();

    private final EmbeddedPostgres postgres;
    private final Connection connection;

    private Database() throws SQLException {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setPort(Ports.free())
                    .setPGStartupWait(Duration.ofMinutes(3))
                    .start();
            try (Connection first = connect();
                    Statement statement = first.createStatement()) {
                statement.execute(Files.readString(Path.of("src/test/resources/sql/aws_lambda_stand_in.sql")));
                statement.execute(Files.readString(Path.of("src/main/sql/user_profile.sql")));
                statement.execute(Files.readString(Path.of("src/main/sql/user_profile_replay.sql")));
                statement.execute("INSERT INTO sluice_settings (account, user_data_function)"
                        + " VALUES ('demo', 'arn:user-data')");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connection = connect();
    }

    /** The one of all tests. */
    static Database shared() {
        return SHARED;
    }

    private static Database start() {
        try {
            return new Database();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not start", e);
        }
    }

    /** As before the first test: no row, none noted, no call, and Lambda answers. */
    void empty() throws SQLException {
        outage(false);
        run("DELETE FROM user_profile; DELETE FROM user_profile_untold");
        takePayloads();
    }

    /** A connection of the caller's own. */
    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** Runs one statement or several, in one transaction. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of all rows. */
    List<String> ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** The payloads of all committed calls, in order, which are then forgotten. */
    List<String> takePayloads() throws SQLException {
        List<String> payloads = ask("SELECT payload::text FROM aws_lambda.calls ORDER BY id");
        run("TRUNCATE aws_lambda.calls");
        return payloads;
    }

    /** The same, as the function reads them. */
    List<RowChange> takeChanges() throws SQLException {
        return takePayloads().stream()
                .map(payload -> RowChangeJson.read(payload.getBytes(StandardCharsets.UTF_8), RowLimits.DEFAULT))
                .toList();
    }

    /** Makes Lambda unreachable for this database's main connection, or no more. */
    void outage(boolean isOut) throws SQLException {
        run("SET aws_lambda.outage = '%s'".formatted(isOut ? "on" : "off"));
    }
}
