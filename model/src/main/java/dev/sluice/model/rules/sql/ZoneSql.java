package dev.sluice.model.rules.sql;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Calendar days in SQL, by the data that {@link ZoneRows} writes. Notes which zones are asked for; not thread-safe.
 *
 * @param used zones that the query must be given
 */
record ZoneSql(Words words, Set<ZoneId> used) {
    private static final long DAY_MILLIS = 86_400_000;
    /** Days that are added before dividing and taken off after: no moment is so long before 1970. */
    private static final long AHEAD_DAYS = 4_000_000;

    /** The epoch day, an INTEGER, of a moment in milliseconds; NULL of NULL. */
    Fragment day(Fragment moment, ZoneId zone) {
        used.add(zone);
        Fragment rules = words.lookup(Fragment.of("zones"), words.text(zone.getId()));
        Fragment within = Fragment.of(
                "if(t < z.turns, t, z.turns + CAST(t - z.turns AS BIGINT) % " + ZoneRows.CYCLE_MILLIS + ")");
        Fragment offset = words.element(Fragment.of("z.shift"), Fragment.of("# + 1", changesBefore()));
        Fragment ahead = Fragment.of("CAST(t + o + " + AHEAD_DAYS * DAY_MILLIS + " AS BIGINT)");
        Fragment day = Fragment.of(
                "CAST(# - " + AHEAD_DAYS + " AS INTEGER)", words.quotient(ahead, Long.toString(DAY_MILLIS)));
        return words.let("z", rules, words.let("t", moment, words.let("w", within, words.let("o", offset, day))));
    }

    /** How many changes are not later than {@code w}, by halves. */
    private Fragment changesBefore() {
        List<Fragment> halves = IntStream.iterate((ZoneRows.MOST_CHANGES + 1) / 2, half -> half > 0, half -> half / 2)
                .mapToObj(half -> Fragment.of(Integer.toString(half)))
                .toList();
        Fragment change = words.element(Fragment.of("z.since"), Fragment.of("i + h"));
        return words.fold(words.list(halves), Fragment.of("0"), "i", "h", Fragment.of("if(# <= w, i + h, i)", change));
    }
}
