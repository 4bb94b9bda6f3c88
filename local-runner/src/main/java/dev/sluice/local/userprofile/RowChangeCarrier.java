package dev.sluice.local.userprofile;

import dev.sluice.local.lambda.AsyncInvocations;
import dev.sluice.local.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the calls that the database's triggers made, once they are committed and in their order, to Lambda: what
 * Aurora does itself. Runs until it is closed.
 */
public final class RowChangeCarrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RowChangeCarrier.class);
    /** Also when nobody says that there is something: a connection that broke was told nothing. */
    private static final int LOOK_EVERY_MILLIS = 500;

    private static final String TAKE = """
            DELETE FROM aws_lambda.calls
            WHERE id IN (SELECT id FROM aws_lambda.calls ORDER BY id LIMIT 500)
            RETURNING id, payload::text
            """;

    private final PostgresServer postgres;
    private final AsyncInvocations lambda;
    private final Thread thread;
    private volatile boolean closed;

    private record Call(long id, String payload) {}

    private RowChangeCarrier(PostgresServer postgres, AsyncInvocations lambda) {
        this.postgres = postgres;
        this.lambda = lambda;
        this.thread = Thread.ofVirtual().name("row changes").unstarted(this::run);
    }

    /** @param lambda what takes the calls; closed with this */
    public static RowChangeCarrier start(PostgresServer postgres, AsyncInvocations lambda) {
        var carrier = new RowChangeCarrier(postgres, lambda);
        carrier.thread.start();
        return carrier;
    }

    /** What came of the calls. */
    public AsyncInvocations.Counters counters() {
        return lambda.counters();
    }

    private void run() {
        try {
            while (!closed) {
                try (Connection connection = postgres.connect()) {
                    carry(connection);
                } catch (SQLException broken) {
                    if (!closed) {
                        LOG.warn("row changes cannot be read: {}", broken.getMessage());
                        Thread.sleep(LOOK_EVERY_MILLIS);
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Connection connection) throws SQLException, InterruptedException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN aws_lambda");
            while (!closed) {
                List<Call> calls = take(statement);
                for (Call call : calls) {
                    lambda.invoke(call.payload().getBytes(StandardCharsets.UTF_8));
                }
                if (calls.isEmpty()) {
                    var unused = notified.getNotifications(LOOK_EVERY_MILLIS);
                }
            }
        }
    }

    private static List<Call> take(Statement statement) throws SQLException {
        List<Call> calls = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TAKE)) {
            while (rows.next()) {
                calls.add(new Call(rows.getLong(1), rows.getString(2)));
            }
        }
        calls.sort(Comparator.comparing(Call::id));
        return calls;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        lambda.close();
    }
}
