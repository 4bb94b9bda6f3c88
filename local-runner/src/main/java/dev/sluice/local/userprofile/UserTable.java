package dev.sluice.local.userprofile;

import dev.sluice.local.servers.PostgresServer;
import dev.sluice.local.servers.ServerFailure;
import dev.sluice.local.simulator.RowStamp;
import dev.sluice.local.simulator.UserProfileRow;
import dev.sluice.local.simulator.UserRows;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The application's user table with the product's triggers, written as the application would write it, each row in a
 * transaction of its own. Thread-safe; a call waits for a free connection.
 */
public final class UserTable implements UserRows, AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final String STAND_IN = "/sql/aws_lambda_stand_in.sql";
    private static final List<String> PRODUCT = List.of("user_profile.sql", "user_profile_replay.sql");

    private static final String SETTINGS = "INSERT INTO sluice_settings (account, user_data_function) VALUES (?, ?)";
    private static final String INSERT =
            "INSERT INTO user_profile (device_id, device_os, birth_date, gender, user_id) VALUES (?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE user_profile SET device_id = ?, device_os = ?, birth_date = ?, gender = ? WHERE user_id = ?";
    private static final String DELETE = "DELETE FROM user_profile WHERE user_id = ?";

    private final List<Connection> all;
    private final BlockingQueue<Connection> idle;

    private UserTable(List<Connection> connections) {
        all = List.copyOf(connections);
        idle = new ArrayBlockingQueue<>(CONNECTIONS, true, connections);
        connections.clear();
    }

    /**
     * Makes the stand-in for {@code aws_lambda}, the table and its triggers in an empty database.
     *
     * @param sql the folder of the product's SQL
     * @param account whose people these are
     * @param functionArn what the triggers call
     * @throws ServerFailure in one line if that cannot be done
     */
    public static UserTable create(PostgresServer postgres, Path sql, String account, String functionArn) {
        try {
            try (Connection first = postgres.connect();
                    Statement statement = first.createStatement()) {
                statement.execute(standIn());
                for (String file : PRODUCT) {
                    statement.execute(Files.readString(sql.resolve(file)));
                }
                try (PreparedStatement settings = first.prepareStatement(SETTINGS)) {
                    settings.setString(1, account);
                    settings.setString(2, functionArn);
                    settings.executeUpdate();
                }
            }
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection = postgres.connect();
                connection.setAutoCommit(false);
                connections.add(connection);
            }
            return new UserTable(connections);
        } catch (SQLException | IOException failed) {
            throw new ServerFailure("the user table cannot be made: " + failed.getMessage(), failed);
        }
    }

    private static String standIn() throws IOException {
        try (InputStream file = UserTable.class.getResourceAsStream(STAND_IN)) {
            if (file == null) {
                throw new IOException(STAND_IN + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public RowStamp insert(UserProfileRow row) {
        return write(INSERT, row);
    }

    @Override
    public RowStamp update(UserProfileRow row) {
        return write(UPDATE, row);
    }

    /** Deletes a row that is there. */
    public RowStamp delete(String userId) {
        return change(DELETE, statement -> statement.setString(1, userId));
    }

    private RowStamp write(String sql, UserProfileRow row) {
        return change(sql, statement -> {
            statement.setString(1, row.deviceId());
            statement.setString(2, row.deviceOs());
            statement.setObject(3, row.birthDate());
            statement.setString(4, row.gender());
            statement.setString(5, row.userId());
        });
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private RowStamp change(String sql, Binding values) {
        Connection connection = take();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            values.bind(statement);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("no such row");
            }
            RowStamp stamp = stamp(connection);
            connection.commit();
            return stamp;
        } catch (SQLException failed) {
            rollBack(connection);
            throw new IllegalStateException("the user table did not take a row: " + failed.getMessage(), failed);
        } finally {
            idle.add(connection);
        }
    }

    /** Lets the triggers run now, still within the transaction, and reads what they said. */
    private static RowStamp stamp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            try (ResultSet calls = statement.executeQuery("SELECT payload::text FROM aws_lambda.calls"
                    + " WHERE transaction = pg_current_xact_id() ORDER BY id DESC LIMIT 1")) {
                if (!calls.next()) {
                    throw new SQLException("the trigger told of no change");
                }
                Value.Fields payload = JsonText.readObject(calls.getString(1).getBytes(StandardCharsets.UTF_8));
                return new RowStamp(payload.whole("version"), Instant.parse(payload.text("changedAt")));
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The connection says so again at its next use.
        }
    }

    private Connection take() {
        try {
            return idle.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the user table", interrupted);
        }
    }

    /** Ends its connections; calls under way fail. */
    @Override
    public void close() {
        for (Connection connection : all) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // Then it needs no end.
            }
        }
    }
}
