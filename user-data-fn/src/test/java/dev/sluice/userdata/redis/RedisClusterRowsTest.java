package dev.sluice.userdata.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.ProfileRowsContract;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a cluster the adapter keeps the same contract, and:
 *
 * <ul>
 *   <li>people of all nodes are written, also those whose ids hold braces
 *   <li>a slot that moves, or has moved, does not lose a row
 *   <li>a node that forgot the script is taught again
 * </ul>
 */
final class RedisClusterRowsTest extends ProfileRowsContract {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RealCluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RedisProfileRows rows;

    @BeforeAll
    static void start(@TempDir Path directory) {
        cluster = RealCluster.start(directory);
        rows = new RedisProfileRows(new RedisServers(cluster.uri(), true, Duration.ofMinutes(1)), Duration.ofDays(60));
        rows.prime();
    }

    @AfterAll
    static void stop() {
        rows.close();
        cluster.close();
    }

    @BeforeEach
    void empty() {
        cluster.nodes().forEach(node -> node.other().flushall());
    }

    @Test
    void peopleOfAllNodesAreWritten() {
        for (int i = 0; i < 40; i++) {
            for (String id : new String[] {"p" + i, "{a}" + i, "}{" + i, "{}" + i}) {
                var key = PersonKey.ofUser("demo", id);
                assertThat(rows.apply(written(key, 1, os("iOS")))).isEqualTo(Outcome.WRITTEN);
                assertThat(rows.apply(written(key, 1, os("iOS")))).isEqualTo(Outcome.STALE);
                assertThat(traits(key)).isPresent();
            }
        }
        assertThat(cluster.nodes()).allMatch(node -> node.other().dbsize() > 0);
    }

    @Test
    void aSlotThatMovesLosesNoRow() {
        var key = PersonKey.ofUser("demo", "moving");
        int slot = SlotHash.getSlot(RedisProfileRows.key(key));
        rows.apply(written(key, 1, os("iOS")));

        cluster.begin(slot);
        assertThat(rows.apply(written(key, 2, os("iOS")))).isEqualTo(Outcome.WRITTEN);
        cluster.end(slot);
        assertThat(rows.apply(written(key, 3, os("iOS")))).isEqualTo(Outcome.WRITTEN);

        assertThat(cluster.other().hget(RedisProfileRows.key(key), "profileVersion"))
                .isEqualTo("3");
        assertThat(rows.apply(written(key, 2, os("iOS")))).isEqualTo(Outcome.STALE);
    }

    @Test
    void aNodeThatForgotTheScriptIsTaughtAgain() {
        cluster.nodes().forEach(node -> node.other().scriptFlush());

        assertThat(rows.apply(written(PersonKey.ofUser("demo", "u1"), 1, os("iOS"))))
                .isEqualTo(Outcome.WRITTEN);
    }

    @Override
    protected ProfileRows rows() {
        return rows;
    }

    @Override
    protected Optional<Value.Fields> traits(PersonKey key) {
        return Optional.ofNullable(cluster.other().hget(RedisProfileRows.key(key), "profile"))
                .map(json -> JsonText.readObject(json.getBytes(StandardCharsets.UTF_8)));
    }
}
