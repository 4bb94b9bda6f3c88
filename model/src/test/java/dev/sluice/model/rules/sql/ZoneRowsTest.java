package dev.sluice.model.rules.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is written of a zone gives its offset at every moment of the years 0001 to 9999, for every zone there is. */
class ZoneRowsTest {
    @Test
    void everyZoneHasTheOffsetsOfJava() {
        var random = new SplittableRandom(5);
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            Value.Fields written = JsonText.readObject(
                            ZoneRows.json(List.of(zone)).getBytes(StandardCharsets.UTF_8))
                    .inner(id);
            long[] since = numbers(written, "since");
            long[] shift = numbers(written, "shift");
            assertThat(since).hasSizeLessThanOrEqualTo(ZoneRows.MOST_CHANGES);
            for (int i = 0; i < 60; i++) {
                long anywhere =
                        i % 2 == 0 ? random.nextLong(first, last) : random.nextLong(-3_000_000_000_000L, last / 50);
                for (long moment : new long[] {anywhere, since.length == 0 ? 0 : since[i % since.length] - i % 2}) {
                    assertThat(offset(moment, written.whole("turns"), since, shift))
                            .as("%s at %s", id, Instant.ofEpochMilli(moment))
                            .isEqualTo(zone.getRules()
                                            .getOffset(Instant.ofEpochMilli(moment))
                                            .getTotalSeconds()
                                    * 1_000L);
                }
            }
        }
    }

    private static long offset(long moment, long turns, long[] since, long[] shift) {
        long within = moment < turns ? moment : turns + (moment - turns) % ZoneRows.CYCLE_MILLIS;
        int before = 0;
        while (before < since.length && since[before] <= within) {
            before++;
        }
        return shift[before];
    }

    private static long[] numbers(Value.Fields fields, String name) {
        return fields.list(name).stream()
                .mapToLong(value -> ((Value.Decimal) value).number().longValueExact())
                .toArray();
    }
}
