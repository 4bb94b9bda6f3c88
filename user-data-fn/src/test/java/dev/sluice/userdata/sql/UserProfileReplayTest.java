package dev.sluice.userdata.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.RowChange;
import dev.sluice.userdata.memory.MemoryProfileRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the two commands promise, in a real PostgreSQL:
 *
 * <ul>
 *   <li>a replay tells of every row, in transactions of at most a batch, and repeating it changes nothing but versions
 *   <li>a row that is being changed is told with a version that fits what it holds
 *   <li>people of whom Sluice could not be told are told when it can be, deleted ones too; who cannot stays noted
 * </ul>
 */
final class UserProfileReplayTest {
    private static final Database DATABASE = Database.shared();

    @BeforeEach
    void tenRows() throws SQLException {
        DATABASE.empty();
        DATABASE.run("INSERT INTO user_profile (user_id, country) SELECT 'u' || n, 'DE' FROM generate_series(0, 9) n");
        DATABASE.takePayloads();
    }

    @Test
    void everyRowIsToldInTransactionsOfOneBatch() throws SQLException {
        DATABASE.run("CALL replay_user_profile(4)");

        assertThat(DATABASE.ask("SELECT count(*) FROM aws_lambda.calls GROUP BY transaction ORDER BY min(id)"))
                .containsExactly("4", "4", "2");
        assertThat(DATABASE.takeChanges())
                .extracting(change -> change.key().person())
                .containsExactlyElementsOf(people(0, 9));
    }

    @Test
    void aPartOfTheTableIsReplayedAlone() throws SQLException {
        DATABASE.run("CALL replay_user_profile(2, after => 'u2', up_to => 'u5')");

        assertThat(DATABASE.takeChanges())
                .extracting(change -> change.key().person())
                .containsExactlyElementsOf(people(3, 5));
    }

    @Test
    void repeatingItChangesNothingButVersions() throws SQLException {
        var rows = new MemoryProfileRows();
        DATABASE.run("CALL replay_user_profile(3)");
        List<RowChange> first = DATABASE.takeChanges();
        DATABASE.run("CALL replay_user_profile(3)");
        List<RowChange> second = DATABASE.takeChanges();

        second.forEach(rows::apply);
        assertThat(first).allSatisfy(change -> assertThat(rows.apply(change)).isEqualTo(Outcome.STALE));
        assertThat(second)
                .extracting(UserProfileReplayTest::content)
                .containsExactlyElementsOf(
                        first.stream().map(UserProfileReplayTest::content).toList());
    }

    @Test
    @Timeout(180)
    void aRowThatIsBeingChangedIsWaitedFor() throws Exception {
        CompletableFuture<Void> replay;
        try (Connection writer = DATABASE.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE user_profile SET country = 'FR' WHERE user_id = 'u5'");
            replay = CompletableFuture.runAsync(UserProfileReplayTest::replayOnAConnectionOfItsOwn);
            awaitSomebodyWaitsForALock(replay);
            writer.commit();
        }
        replay.get();

        List<RowChange> ofU5 = DATABASE.takeChanges().stream()
                .filter(change -> change.key().person().equals("u5"))
                .sorted((a, b) -> Long.compare(a.version(), b.version()))
                .toList();
        assertThat(ofU5).extracting(UserProfileReplayTest::content).containsExactly("u5 FR", "u5 FR");
    }

    @Test
    void whoCouldNotBeToldOfIsToldLaterDeletedOrNot() throws SQLException {
        DATABASE.outage(true);
        DATABASE.run("UPDATE user_profile SET country = 'FR' WHERE user_id = 'u1'");
        DATABASE.run("DELETE FROM user_profile WHERE user_id = 'u2'");
        DATABASE.outage(false);

        DATABASE.run("CALL tell_sluice_again(1)");

        assertThat(DATABASE.takeChanges())
                .extracting(UserProfileReplayTest::content)
                .containsExactly("u1 FR", "u2 gone");
        assertThat(DATABASE.ask("SELECT user_id FROM user_profile_untold")).isEmpty();
    }

    /** What the function gave up: its calls were taken, so nothing is noted until somebody notes it. */
    @Test
    void whoIsNotedByHandIsToldOfAsTheRowNowIs() throws SQLException {
        DATABASE.run("DELETE FROM user_profile WHERE user_id = 'u2'");
        DATABASE.takePayloads();

        DATABASE.run("INSERT INTO user_profile_untold (user_id, reason) VALUES ('u1', 'given up'), ('u2', 'given up')");
        DATABASE.run("CALL tell_sluice_again(500)");

        assertThat(DATABASE.takeChanges())
                .extracting(UserProfileReplayTest::content)
                .containsExactlyInAnyOrder("u1 DE", "u2 gone");
    }

    @Test
    void whoStillCannotBeToldOfStaysNotedAndTheCommandEnds() throws SQLException {
        DATABASE.outage(true);
        DATABASE.run("UPDATE user_profile SET country = 'FR'");

        DATABASE.run("CALL tell_sluice_again(3)");

        assertThat(DATABASE.ask("SELECT user_id FROM user_profile_untold ORDER BY 1"))
                .containsExactlyElementsOf(people(0, 9));
    }

    @Test
    void aBatchWithoutBoundIsRefused() {
        assertThatThrownBy(() -> DATABASE.run("CALL replay_user_profile(0)")).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> DATABASE.run("CALL tell_sluice_again(10001)")).hasMessageContaining("1 to 10000");
    }

    private static void replayOnAConnectionOfItsOwn() {
        try (Connection own = DATABASE.connect();
                Statement statement = own.createStatement()) {
            statement.execute("CALL replay_user_profile(4)");
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void awaitSomebodyWaitsForALock(Future<?> who) throws SQLException {
        while (!who.isDone()
                && DATABASE.ask("SELECT count(*) FROM pg_locks WHERE NOT granted")
                        .contains("0")) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static List<String> people(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(n -> "u" + n).toList();
    }

    private static String content(RowChange change) {
        return change.key().person() + " "
                + switch (change) {
                    case RowChange.Written written -> written.traits().text("country");
                    case RowChange.Removed _ -> "gone";
                };
    }
}
