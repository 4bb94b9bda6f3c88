package dev.sluice.userdata.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.PersonKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the table and its triggers bear, in a real PostgreSQL:
 *
 * <ul>
 *   <li>what the function would refuse, the table refuses; it cannot be emptied unseen
 *   <li>Lambda's outage, and settings that are missing, fail no transaction of the application; the row is noted
 *   <li>the application's role needs no right but that on the table, and its own tables take no table's place
 * </ul>
 */
final class UserProfileGuardsTest {
    private static final PersonKey U1 = PersonKey.ofUser("demo", "u1");
    private static final Database DATABASE = Database.shared();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.empty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO user_profile (user_id) VALUES ('')",
                "INSERT INTO user_profile (user_id) VALUES (repeat('x', 257))",
                "INSERT INTO user_profile (user_id) VALUES (E'a\\nb')",
                "INSERT INTO user_profile (user_id) VALUES (E'a\\u0085b')",
                "INSERT INTO user_profile (user_id) VALUES ('anonymous:a')",
                "INSERT INTO user_profile (user_id) VALUES ('identifier:card:1')",
                "INSERT INTO user_profile (user_id) VALUES (repeat('a', 255) || U&'\\+01F600')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '[]')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": \"yes\"}')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": [true]}')",
                "INSERT INTO user_profile (user_id, consents) VALUES ('u1', '{\"push\": null}')"
            })
    void whatTheFunctionWouldRefuseTheTableRefuses(String insert) {
        assertThatThrownBy(() -> DATABASE.run(insert)).hasMessageContaining("violates check constraint");
    }

    @Test
    void whatTheFunctionTakesTheTableTakes() throws SQLException {
        DATABASE.run("INSERT INTO user_profile (user_id) VALUES (repeat('a', 254) || U&'\\+01F600'), ('identifier')");

        assertThat(DATABASE.takeChanges()).hasSize(2);
    }

    @Test
    void aTransactionOfManyRowsWaitsForAnAbsentLambdaOnce() throws SQLException {
        DATABASE.outage(true);
        long before = attempts();

        DATABASE.run("INSERT INTO user_profile (user_id) SELECT 'u' || n FROM generate_series(1, 500) n");

        // The question itself draws one.
        assertThat(attempts() - before - 1).isEqualTo(1);
        assertThat(DATABASE.ask("SELECT count(*) FROM user_profile_untold")).containsExactly("500");

        DATABASE.outage(false);
        DATABASE.run("UPDATE user_profile SET country = 'DE' WHERE user_id = 'u7'");
        assertThat(DATABASE.takeChanges())
                .as("the next transaction calls again")
                .hasSize(1);
    }

    private static long attempts() throws SQLException {
        return Long.parseLong(
                DATABASE.ask("SELECT nextval('aws_lambda.attempts')").getFirst());
    }

    @Test
    void lambdasOutageFailsNoTransactionAndTheRowsAreNoted() throws SQLException {
        DATABASE.outage(true);

        DATABASE.run("INSERT INTO user_profile (user_id) VALUES ('u1'), ('u2')");
        DATABASE.run("UPDATE user_profile SET country = 'DE' WHERE user_id = 'u1'");

        assertThat(DATABASE.takePayloads()).isEmpty();
        assertThat(DATABASE.ask("SELECT user_id FROM user_profile ORDER BY 1")).containsExactly("u1", "u2");
        assertThat(DATABASE.ask("SELECT user_id FROM user_profile_untold ORDER BY 1"))
                .containsExactly("u1", "u2");
    }

    @Test
    void withoutSettingsNoTransactionFailsAndTheRowsAreNoted() throws SQLException {
        try (Connection own = DATABASE.connect();
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
        try (Connection own = DATABASE.connect();
                Statement statement = own.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE sluice_settings AS"
                    + " SELECT true AS only_row, 'other' AS account, 'arn:other' AS user_data_function");
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
        }
        assertThat(DATABASE.takeChanges())
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo(U1));
    }

    @Test
    void theApplicationsRoleNeedsNoRightButThatOnTheTable() throws SQLException {
        DATABASE.run("CREATE ROLE app; GRANT SELECT, INSERT, UPDATE, DELETE ON user_profile TO app");
        try (Connection own = DATABASE.connect();
                Statement statement = own.createStatement()) {
            statement.execute("SET ROLE app");
            statement.execute("INSERT INTO user_profile (user_id) VALUES ('u1')");
            assertThatThrownBy(() -> statement.execute("SELECT tell_sluice('delete', p) FROM user_profile p"))
                    .hasMessageContaining("permission denied");
        }
        assertThat(DATABASE.takeChanges()).hasSize(1);
    }

    @Test
    void theTableCannotBeEmptiedUnseen() {
        assertThatThrownBy(() -> DATABASE.run("TRUNCATE user_profile")).hasMessageContaining("use DELETE");
    }
}
