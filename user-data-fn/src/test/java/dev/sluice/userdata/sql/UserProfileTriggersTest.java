package dev.sluice.userdata.sql;

import static org.assertj.core.api.Assertions.assertThat;
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
 * </ul>
 */
final class UserProfileTriggersTest {
    private static final PersonKey U1 = PersonKey.ofUser("demo", "u1");
    private static final Database DATABASE = Database.shared();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.empty();
    }

    @Test
    void theCallIsOneOfLambdasAsynchronousOnes() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id) VALUES ('u1')");

        assertThat(DATABASE.ask("SELECT function_name || ' ' || invocation_type FROM aws_lambda.calls"))
                .containsExactly("arn:user-data Event");
    }

    @Test
    void anInsertedRowIsToldWithAllItsColumns() throws SQLException {
        DATABASE.run("""
                INSERT INTO user_profile VALUES
                  ('u1', 'd-1', 'iOS', '1990-02-01', 'f', 'DE', 'a@example.org', '+49 1', '{"push": true, "sms": false}')
                """);

        assertThat(DATABASE.takeChanges()).singleElement().satisfies(change -> {
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
        DATABASE.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        DATABASE.takePayloads();

        DATABASE.run("UPDATE user_profile SET device_os = 'iOS' WHERE user_id = 'u1'");

        assertThat(DATABASE.takeChanges()).singleElement().isInstanceOfSatisfying(RowChange.Written.class, written -> {
            assertThat(written.operation()).isEqualTo(Operation.UPDATE);
            assertThat(written.traits())
                    .isEqualTo(new Value.Fields(Map.of("deviceOS", Value.of("iOS"), "country", Value.of("DE"))));
        });
    }

    @Test
    void aDeletedRowTellsNoMoreThanThatItIsGone() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        DATABASE.takePayloads();

        DATABASE.run("DELETE FROM user_profile WHERE user_id = 'u1'");

        assertThat(DATABASE.ask("SELECT payload::text FROM aws_lambda.calls"))
                .singleElement()
                .asString()
                .doesNotContain("DE");
        assertThat(DATABASE.takeChanges())
                .singleElement()
                .isInstanceOfSatisfying(
                        RowChange.Removed.class,
                        removed -> assertThat(removed.key()).isEqualTo(U1));
    }

    @Test
    void anUpdateThatChangesNothingIsNotTold() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id, country, consents) VALUES ('u1', NULL, '{\"push\": true}')");
        DATABASE.takePayloads();

        DATABASE.run("UPDATE user_profile SET country = NULL, consents = '{\"push\":true}'");

        assertThat(DATABASE.takePayloads()).isEmpty();
    }

    @Test
    void anotherUserIdIsAnotherPerson() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id, country) VALUES ('u1', 'DE')");
        DATABASE.takePayloads();

        DATABASE.run("UPDATE user_profile SET user_id = 'u2'");

        List<RowChange> changes = DATABASE.takeChanges();
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
        try (Connection own = DATABASE.connect();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(false);
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            own.rollback();
        }
        assertThat(DATABASE.takePayloads()).isEmpty();
    }

    @Test
    void aTransactionTellsOfEachChangeInOrderWhenItCommits() throws SQLException {
        try (Connection own = DATABASE.connect();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(false);
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            statement.execute("UPDATE user_profile SET country = 'DE'");
            statement.execute("DELETE FROM user_profile");
            assertThat(DATABASE.ask("SELECT count(*) FROM aws_lambda.calls")).containsExactly("0");
            own.commit();
        }
        List<RowChange> changes = DATABASE.takeChanges();

        assertThat(changes).hasSize(3);
        assertThat(changes).extracting(RowChange::version).isSorted().doesNotHaveDuplicates();
        assertThat(changes).extracting(RowChange::changedAt).isSorted();
        assertThat(changes.getLast()).isInstanceOf(RowChange.Removed.class);
    }

    /** The later commit has the higher version, although its transaction began and drew nothing before the other. */
    @Test
    void versionsAndTimesFollowTheCommits() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id) VALUES ('u1')");
        DATABASE.takePayloads();
        try (Connection early = DATABASE.connect();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("SELECT now()"); // its transaction's time stands from here
            DATABASE.run("UPDATE user_profile SET country = 'first'");
            statement.execute("UPDATE user_profile SET country = 'second'");
            early.commit();
        }
        List<RowChange> changes = DATABASE.takeChanges();

        assertThat(changes).extracting(UserProfileTriggersTest::country).containsExactly("first", "second");
        assertThat(changes).extracting(RowChange::version).isSorted();
        assertThat(changes).extracting(RowChange::changedAt).isSorted();
    }

    @Test
    void theTimeIsTheDatabasesInUtcWhateverTheSessionsZone() throws SQLException {
        DATABASE.run("SET TimeZone = 'Asia/Kathmandu'; INSERT INTO user_profile (user_id) VALUES ('u1')");

        assertThat(DATABASE.takePayloads())
                .singleElement()
                .asString()
                .containsPattern("\"changedAt\" : \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"");
        DATABASE.run("UPDATE user_profile SET country = 'NP'; SET TimeZone = 'UTC'");
        // Of another zone it would be more than five hours wrong.
        assertThat(DATABASE.takeChanges().getFirst().changedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    }

    @Test
    void manyRowsOfOneStatementAreToldOneByOne() throws SQLException {
        DATABASE.run(
                "INSERT INTO user_profile (user_id, country) SELECT 'u' || n, 'DE' FROM generate_series(1, 300) n");
        DATABASE.run("UPDATE user_profile SET country = 'FR'");

        List<RowChange> changes = DATABASE.takeChanges();
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
        try (Connection own = DATABASE.connect();
                PreparedStatement insert =
                        own.prepareStatement("INSERT INTO user_profile (user_id, country) VALUES (?, ?)")) {
            insert.setString(1, text);
            insert.setString(2, text + "\n\t\u0001");
            insert.executeUpdate();
        }

        assertThat(DATABASE.takeChanges()).singleElement().satisfies(change -> {
            assertThat(change.key().person()).isEqualTo(text);
            assertThat(country(change)).isEqualTo(text + "\n\t\u0001");
        });
    }

    private static String country(RowChange change) {
        return change instanceof RowChange.Written written ? written.traits().text("country") : "gone";
    }
}
