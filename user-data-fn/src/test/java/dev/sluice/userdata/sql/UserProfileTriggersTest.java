package dev.sluice.userdata.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.RowChange;
import dev.sluice.userdata.RowChange.Operation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the table's triggers promise, in a real PostgreSQL:
 *
 * <ul>
 *   <li>each row that a committed transaction inserts, updates or deletes is told once, whole, and as the function reads it
 *   <li>what is rolled back, and an update that changes nothing, is not told
 *   <li>versions of a row rise in the order of commits, and so do the times
 *   <li>Lambda's outage fails no transaction of the application; the row is noted
 *   <li>the application's role needs no right but that on the table
 * </ul>
 */
final class UserProfileTriggersTest {
    private static final PersonKey U1 = PersonKey.ofUser("demo", "u1");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Database database;

    @BeforeAll
    static void start() throws SQLException {
        database = new Database();
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.outage(false);
        database.run("DELETE FROM user_profile; DELETE FROM user_profile_untold");
        database.takePayloads();
    }

    @Test
    void theCallIsOneOfLambdasAsynchronousOnes() throws SQLException {
        database.run("INSERT INTO user_profile (user_id) VALUES ('u1')");

        assertThat(database.ask("SELECT function_name || ' ' || invocation_type FROM aws_lambda.calls"))
                .containsExactly("arn:user-data Event");
    }

    @Test
    void anInsertedRowIsToldWithAllItsColumns() throws SQLException {
        database.run("""
                INSERT INTO user_profile VALUES
                  ('u1', 'd-1', 'iOS', '1990-02-01', 'f', 'DE', 'a@example.org', '+49 1', '{"push": true, "sms": false}')
                """);

        assertThat(database.takeChanges()).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo(U1);
            assertThat(change).isInstanceOfSatisfying(RowChange.Written.class, written -> {
                assertThat(written.operation()).isEqualTo(Operation.INSERT);
                assertThat(written.traits()).isEqualTo(JsonText.readObject("""
                                {"deviceId":"d-1","deviceOS":"iOS","birthDate":"1990-02-01","gender":"f","country":"DE",
                                "email":"a@example.org","phone":"+49 1","consents":{"sms":false,"push":true}}
                                """.getBytes(StandardCharsets.UTF_8)));
            });
        });
    }

    @Test
    void anUpdatedRowIsToldWhole() throws SQLException {
        database.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        database.takePayloads();

        database.run("UPDATE user_profile SET device_os = 'iOS' WHERE user_id = 'u1'");

        assertThat(database.takeChanges()).singleElement().isInstanceOfSatisfying(RowChange.Written.class, written -> {
            assertThat(written.operation()).isEqualTo(Operation.UPDATE);
            assertThat(written.traits())
                    .isEqualTo(new Value.Fields(Map.of("deviceOS", Value.of("iOS"), "country", Value.of("DE"))));
        });
    }

    @Test
    void aDeletedRowTellsNoMoreThanThatItIsGone() throws SQLException {
        database.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        database.takePayloads();

        database.run("DELETE FROM user_profile WHERE user_id = 'u1'");

        assertThat(database.ask("SELECT payload::text FROM aws_lambda.calls"))
                .singleElement()
                .asString()
                .doesNotContain("DE");
        assertThat(database.takeChanges())
                .singleElement()
                .isInstanceOfSatisfying(
                        RowChange.Removed.class,
                        removed -> assertThat(removed.key()).isEqualTo(U1));
    }

    @Test
    void anUpdateThatChangesNothingIsNotTold() throws SQLException {
        database.run("INSERT INTO user_profile (user_id, country, consents) VALUES ('u1', NULL, '{\"push\": true}')");
        database.takePayloads();

        database.run("UPDATE user_profile SET country = NULL, consents = '{\"push\":true}'");

        assertThat(database.takePayloads()).isEmpty();
    }

    @Test
    void anotherUserIdIsAnotherPerson() throws SQLException {
        database.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        database.takePayloads();

        database.run("UPDATE user_profile SET user_id = 'u2'");

        List<RowChange> changes = database.takeChanges();
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst()).isInstanceOf(RowChange.Removed.class);
        assertThat(changes.getFirst().key()).isEqualTo(U1);
        assertThat(changes.getLast())
                .isInstanceOfSatisfying(
                        RowChange.Written.class,
                        written -> assertThat(written.key()).isEqualTo(PersonKey.ofUser("demo", "u2")));
    }

    @Test
    void whatIsRolledBackIsNotTold() throws SQLException {
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(false);
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            own.rollback();
        }
        assertThat(database.takePayloads()).isEmpty();
    }

    @Test
    void aTransactionTellsOfEachChangeInOrderWhenItCommits() throws SQLException {
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(false);
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            statement.execute("UPDATE user_profile SET country = 'DE'");
            statement.execute("DELETE FROM user_profile");
            assertThat(database.ask("SELECT count(*) FROM aws_lambda.calls")).containsExactly("0");
            own.commit();
        }
        List<RowChange> changes = database.takeChanges();

        assertThat(changes).hasSize(3);
        assertThat(changes).extracting(RowChange::version).isSorted().doesNotHaveDuplicates();
        assertThat(changes).extracting(RowChange::changedAt).isSorted();
        assertThat(changes.getLast()).isInstanceOf(RowChange.Removed.class);
    }

    /** The later commit has the higher version, although its transaction began and drew nothing before the other. */
    @Test
    void versionsAndTimesFollowTheCommits() throws SQLException {
        database.run("INSERT INTO user_profile (user_id) VALUES ('u1')");
        database.takePayloads();
        try (Connection early = database.connect();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("SELECT now()"); // its transaction's time stands from here
            database.run("UPDATE user_profile SET country = 'first'");
            statement.execute("UPDATE user_profile SET country = 'second'");
            early.commit();
        }
        List<RowChange> changes = database.takeChanges();

        assertThat(changes).extracting(UserProfileTriggersTest::country).containsExactly("first", "second");
        assertThat(changes).extracting(RowChange::version).isSorted();
        assertThat(changes).extracting(RowChange::changedAt).isSorted();
    }

    @Test
    void theTimeIsTheDatabasesInUtcWhateverTheSessionsZone() throws SQLException {
        database.run("SET TimeZone = 'Asia/Kathmandu'; INSERT INTO user_profile (user_id) VALUES ('u1')");

        assertThat(database.takePayloads())
                .singleElement()
                .asString()
                .containsPattern("\"changedAt\" : \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"");
        database.run("UPDATE user_profile SET country = 'NP'; SET TimeZone = 'UTC'");
        // Of another zone it would be more than five hours wrong.
        assertThat(database.takeChanges().getFirst().changedAt())
                .isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    }

    @Test
    void manyRowsOfOneStatementAreToldOneByOne() throws SQLException {
        database.run(
                "INSERT INTO user_profile (user_id, country) SELECT 'u' || n, 'DE' FROM generate_series(1, 300) n");
        database.run("UPDATE user_profile SET country = 'FR'");

        List<RowChange> changes = database.takeChanges();
        assertThat(changes).hasSize(600);
        assertThat(changes).extracting(RowChange::version).doesNotHaveDuplicates();
        assertThat(changes.subList(300, 600))
                .extracting(change -> change.key().person())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 300).mapToObj(n -> "u" + n).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'hara \"q\" \\ {}", "Zoë 東京 👩‍👩‍👧", "a\u2028b", "{braces}", "' OR 1=1; --"})
    void anyTextSurvives(String text) throws SQLException {
        try (Connection own = database.connect();
                PreparedStatement insert =
                        own.prepareStatement("INSERT INTO user_profile (user_id, country) VALUES (?, ?)")) {
            insert.setString(1, text);
            insert.setString(2, text + "\n\t\u0001");
            insert.executeUpdate();
        }

        assertThat(database.takeChanges()).singleElement().satisfies(change -> {
            assertThat(change.key().person()).isEqualTo(text);
            assertThat(country(change)).isEqualTo(text + "\n\t\u0001");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO user_profile (user_id) VALUES ('')",
                "INSERT INTO user_profile (user_id) VALUES (repeat('x', 257))",
                "INSERT INTO user_profile (user_id) VALUES (E'a\\nb')",
                "INSERT INTO user_profile (user_id) VALUES (E'a\\u0085b')",
                "INSERT INTO user_profile (user_id) VALUES ('anonymous:a')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '[]')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": \"yes\"}')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": [true]}')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": null}')"
            })
    void whatTheFunctionWouldRefuseTheTableRefuses(String insert) {
        assertThatThrownBy(() -> database.run(insert)).hasMessageContaining("violates check constraint");
    }

    @Test
    void lambdasOutageFailsNoTransactionAndTheRowsAreNoted() throws SQLException {
        database.outage(true);

        database.run("INSERT INTO user_profile (user_id) VALUES ('u1'), ('u2')");
        database.run("UPDATE user_profile SET country = 'DE' WHERE user_id = 'u1'");

        assertThat(database.takePayloads()).isEmpty();
        assertThat(database.ask("SELECT user_id FROM user_profile ORDER BY 1")).containsExactly("u1", "u2");
        assertThat(database.ask("SELECT user_id FROM user_profile_untold ORDER BY 1"))
                .containsExactly("u1", "u2");
    }

    @Test
    void withoutSettingsNoTransactionFailsAndTheRowsAreNoted() throws SQLException {
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(false);
            statement.execute("DELETE FROM sluice_settings");
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            try (var noted = statement.executeQuery("SELECT user_id FROM user_profile_untold")) {
                assertThat(noted.next()).isTrue();
            }
            own.rollback();
        }
    }

    @Test
    void aTemporaryTableOfTheApplicationsTakesNoTablesPlace() throws SQLException {
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE sluice_settings AS"
                    + " SELECT true AS only_row, 'other' AS account, 'arn:other' AS user_data_function");
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
        }
        assertThat(database.takeChanges())
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(U1));
    }

    @Test
    void theApplicationsRoleNeedsNoRightButThatOnTheTable() throws SQLException {
        database.run("CREATE ROLE app; GRANT SELECT, INSERT, UPDATE, DELETE ON user_profile TO app");
        try (Connection own = database.connect();
                Statement statement = own.createStatement()) {
            statement.execute("SET ROLE app");
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            assertThatThrownBy(() -> statement.execute("SELECT tell_sluice('delete', p) FROM user_profile p"))
                    .hasMessageContaining("permission denied");
        }
        assertThat(database.takeChanges()).hasSize(1);
    }

    @Test
    void theTableCannotBeEmptiedUnseen() {
        assertThatThrownBy(() -> database.run("TRUNCATE user_profile")).hasMessageContaining("use DELETE");
    }

    private static String country(RowChange change) {
        return change instanceof RowChange.Written written ? written.traits().text("country") : "gone";
    }
}
