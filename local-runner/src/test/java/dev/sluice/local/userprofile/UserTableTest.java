package dev.sluice.local.userprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.lambda.AsyncInvocations;
import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.local.simulator.RowStamp;
import dev.sluice.local.simulator.UserProfileRow;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The user table in the real PostgreSQL with the product's triggers, and the carrier, promise:
 *
 * <ul>
 *   <li>a change answers with the version and the time that its call carries
 *   <li>the function is invoked once for each committed change, with the trigger's payload
 *   <li>what the database refuses is told, and the table goes on; rows may be written from many threads
 * </ul>
 */
@ExtendWith(SharedServers.class)
final class UserTableTest {
    private static final UserProfileRow ROW = new UserProfileRow("o'hara", "d-1", "iOS", LocalDate.of(1990, 2, 1), "f");

    private final List<Value.Fields> invoked = new CopyOnWriteArrayList<>();
    private final UserTable users;
    private final RowChangeCarrier carrier;

    UserTableTest(LocalServers servers) throws SQLException {
        try (var connection = servers.postgres().connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS aws_lambda CASCADE");
        }
        users = UserTable.create(servers.postgres(), Path.of("../user-data-fn/src/main/sql"), "demo", "arn:f");
        var target = new AsyncInvocations.Target(
                event -> {
                    invoked.add(JsonText.readObject(event));
                    return new InvocationResult.Success(new byte[0]);
                },
                "arn:f",
                failed -> {});
        carrier =
                RowChangeCarrier.start(servers.postgres(), new AsyncInvocations(target, List.of(), Clock.systemUTC()));
    }

    @BeforeEach
    void nothingYet() {
        assertThat(carrier.counters().taken()).isZero();
    }

    @AfterEach
    void close() {
        carrier.close();
        users.close();
    }

    @Test
    void aChangeAnswersWithWhatItsCallCarries() {
        RowStamp inserted = users.insert(ROW);
        RowStamp updated = users.update(ROW.withDeviceOs("Android"));
        RowStamp deleted = users.delete(ROW.userId());
        Eventually.until("all is done", () -> invoked.size() == 3);

        List<Value.Fields> byVersion = invoked.stream()
                .sorted((a, b) -> Long.compare(a.whole("version"), b.whole("version")))
                .toList();
        assertThat(byVersion)
                .extracting(call -> call.text("op") + call.whole("version") + call.text("changedAt"))
                .containsExactly(words("insert", inserted), words("update", updated), words("delete", deleted));
        assertThat(byVersion.getFirst().inner("row").text("birthDate")).isEqualTo("1990-02-01");
        assertThat(carrier.counters()).isEqualTo(new AsyncInvocations.Counters(3, 3, 0, 0));
    }

    @Test
    void whatTheDatabaseRefusesIsToldAndTheTableGoesOn() {
        users.insert(ROW);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> users.insert(ROW)).hasMessageContaining("duplicate key");
            assertThatThrownBy(() -> users.update(ROW)).hasMessageContaining("told of no change");
            assertThatThrownBy(() -> users.delete("nobody")).hasMessageContaining("no such row");
        }
        users.delete(ROW.userId());
        Eventually.until("all is done", () -> invoked.size() == 2);
    }

    @Test
    void manyMayWriteAtOnce() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 400)
                    .forEach(n -> threads.execute(
                            () -> users.insert(new UserProfileRow("u" + n, "d", "iOS", LocalDate.EPOCH, "x"))));
        }
        Eventually.until("all is done", () -> carrier.counters().done() == 400);
        assertThat(invoked).extracting(call -> call.whole("version")).doesNotHaveDuplicates();
    }

    private static String words(String op, RowStamp stamp) {
        String millis = stamp.changedAt().toString();
        // Instant leaves out what is zero; the trigger writes all three digits.
        String full = millis.length() == "2026-11-21T10:00:00.000Z".length() ? millis : millis.replace("Z", ".000Z");
        return op + stamp.version() + full;
    }
}
