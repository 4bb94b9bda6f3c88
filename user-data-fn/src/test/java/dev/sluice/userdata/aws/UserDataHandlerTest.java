package dev.sluice.userdata.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Codec;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.userdata.WriteThrough;
import dev.sluice.userdata.memory.MemoryChangeEvents;
import dev.sluice.userdata.memory.MemoryProfileRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Promises of the function as deployed:
 *
 * <ul>
 *   <li>it answers what became of the row
 *   <li>a payload that is malformed, a stream and a store that cannot be reached fail the invocation, so that the event is kept
 *   <li>it does not start without its configuration, and never shows the store's address, which may hold a password
 * </ul>
 */
final class UserDataHandlerTest {
    private final MemoryProfileRows rows = new MemoryProfileRows();
    private final MemoryChangeEvents events = new MemoryChangeEvents();
    private final UserDataHandler handler = new UserDataHandler(new WriteThrough(events, rows, Clock.systemUTC()));

    @Test
    void itAnswersWhatBecameOfTheRow() throws IOException {
        assertThat(handle(row("insert", 1))).isEqualTo("{\"outcome\":\"written\"}");
        assertThat(handle(row("update", 3))).isEqualTo("{\"outcome\":\"written\"}");
        assertThat(handle(row("update", 2))).isEqualTo("{\"outcome\":\"stale\"}");
        assertThat(rows.traits(PersonKey.ofUser("demo", "u1"))).isPresent();
        assertThat(handle(row("delete", 4))).isEqualTo("{\"outcome\":\"removed\"}");
        assertThat(rows.traits(PersonKey.ofUser("demo", "u1"))).isEmpty();
    }

    @Test
    void aMalformedPayloadFailsTheInvocationWithoutShowingIt() {
        assertThatThrownBy(() -> handle("{\"v\":1,\"secret\":\"s3cret\"}"))
                .isInstanceOf(MalformedException.class)
                .message()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> handle("x".repeat(300_000))).hasMessage("payload is longer than 262144 bytes");
    }

    @Test
    void aStoreThatCannotBeReachedFailsTheInvocation() {
        rows.down(true);

        assertThatThrownBy(() -> handle(row("insert", 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("Redis cannot be reached; the row must come again");
    }

    @Test
    void aStreamThatTakesNothingFailsTheInvocation() {
        events.down(true);

        assertThatThrownBy(() -> handle(row("insert", 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the events stream does not take the change; it must come again");
    }

    @Test
    void itDoesNotStartWithoutItsConfigurationAndDoesNotShowIt() {
        Map<String, String> whole =
                Map.of("SLUICE_EVENTS_STREAM", "events", "SLUICE_REDIS_URI", "redis://:s3cret@127.0.0.1:6379");
        for (String name : whole.keySet()) {
            Map<String, String> lacking = new HashMap<>(whole);
            lacking.put(name, " ");
            assertThatThrownBy(() -> UserDataConfig.of(lacking)).hasMessage(name + " is not set");
        }
        assertThat(UserDataConfig.of(whole))
                .hasToString("UserDataConfig[eventsStream=events, codec=Codec[format=ZSTD, level=1], "
                        + "slotsPerRecord=16, redis=a Redis server, timeToLive=PT1440H]");
    }

    @Test
    void theStreamsCodecAndGroupsAreSettings() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLUICE_EVENTS_STREAM", "events",
                "SLUICE_REDIS_URI", "redis://127.0.0.1:6379",
                "SLUICE_EVENTS_CODEC", "gzip",
                "SLUICE_EVENTS_CODEC_LEVEL", "9",
                "SLUICE_EVENTS_SLOTS_PER_RECORD", "2"));
        assertThat(UserDataConfig.of(environment).codec()).isEqualTo(new Codec(Codec.Format.GZIP, 9));
        assertThat(UserDataConfig.of(environment).slotsPerRecord()).isEqualTo(2);

        environment.put("SLUICE_EVENTS_SLOTS_PER_RECORD", "3");
        assertThatThrownBy(() -> UserDataConfig.of(environment)).hasMessageContaining("it must be 1, 2, 4");
        environment.put("SLUICE_EVENTS_CODEC", "lz4");
        assertThatThrownBy(() -> UserDataConfig.of(environment)).hasMessageContaining("neither zstd nor gzip");
    }

    @Test
    void redisMayBeACluster() {
        Map<String, String> environment =
                new HashMap<>(Map.of("SLUICE_EVENTS_STREAM", "events", "SLUICE_REDIS_URI", "redis://127.0.0.1:6379"));
        assertThat(UserDataConfig.of(environment).redis().cluster()).isFalse();

        environment.put("SLUICE_REDIS_CLUSTER", "true");
        assertThat(UserDataConfig.of(environment).redis().cluster()).isTrue();

        environment.put("SLUICE_REDIS_CLUSTER", "yes");
        assertThatThrownBy(() -> UserDataConfig.of(environment)).hasMessageContaining("neither true nor false");
    }

    private String handle(String payload) throws IOException {
        var output = new ByteArrayOutputStream();
        handler.handle(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), output);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String row(String op, long version) {
        return ("{\"v\":1,\"op\":\"%s\",\"account\":\"demo\",\"userId\":\"u1\",\"version\":%d,"
                        + "\"changedAt\":\"2026-11-21T10:00:00Z\",\"row\":{\"deviceOS\":\"iOS\"}}")
                .formatted(op, version);
    }
}
