package dev.sluice.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.memory.MemoryChangeEvents;
import dev.sluice.userdata.memory.MemoryProfileRows;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Promises of the write-through:
 *
 * <ul>
 *   <li>every change is told to the stream, also a stale one, and told before the row is written
 *   <li>a change that the stream does not take is not written
 *   <li>what failed half way and comes again is the same event and the same row
 * </ul>
 */
final class WriteThroughTest {
    private static final PersonKey U1 = PersonKey.ofUser("demo", "u1");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryChangeEvents events = new MemoryChangeEvents();
    private final MemoryProfileRows rows = new MemoryProfileRows();
    private final WriteThrough writeThrough =
            new WriteThrough(events, rows, Clock.fixed(AT.plusMillis(250), ZoneOffset.UTC));

    @Test
    void everyChangeIsToldAlsoAStaleOne() {
        assertThat(writeThrough.take(update(5, "iOS"))).isEqualTo(Outcome.WRITTEN);
        assertThat(writeThrough.take(update(4, "Android"))).isEqualTo(Outcome.STALE);
        assertThat(writeThrough.take(new RowChange.Removed(U1, 6, AT))).isEqualTo(Outcome.REMOVED);

        assertThat(events.lines())
                .containsExactly(
                        line(5, "update", "{\"os\":\"iOS\"}"),
                        line(4, "update", "{\"os\":\"Android\"}"),
                        line(6, "delete", "{}"));
    }

    @Test
    void whatTheStreamDoesNotTakeIsNotWritten() {
        events.down(true);

        assertThat(writeThrough.take(update(1, "iOS"))).isEqualTo(Outcome.NOT_TOLD);

        assertThat(rows.traits(U1)).isEmpty();
    }

    @Test
    void aRowThatFailsAfterItWasToldComesAgainAsTheSameEvent() {
        rows.down(true);
        assertThat(writeThrough.take(update(1, "iOS"))).isEqualTo(Outcome.UNREACHABLE);
        rows.down(false);
        assertThat(writeThrough.take(update(1, "iOS"))).isEqualTo(Outcome.WRITTEN);

        assertThat(events.lines())
                .containsExactly(line(1, "update", "{\"os\":\"iOS\"}"), line(1, "update", "{\"os\":\"iOS\"}"));
        assertThat(rows.traits(U1)).isPresent();
    }

    private static RowChange update(long version, String os) {
        return new RowChange.Written(
                U1, version, AT, RowChange.Operation.UPDATE, new Value.Fields(Map.of("os", Value.of(os))));
    }

    private static String line(long version, String operation, String traits) {
        return ("{\"v\":1,\"account\":\"demo\",\"slot\":225,\"type\":\"user_profile\",\"messageId\":\"user_profile-%019d\","
                        + "\"userId\":\"u1\",\"timestamp\":\"2026-11-21T10:00:00Z\","
                        + "\"receivedAt\":\"2026-11-21T10:00:00.250Z\","
                        + "\"properties\":{\"version\":%d,\"op\":\"%s\"},\"traits\":%s}")
                .formatted(version, version, operation, traits);
    }
}
