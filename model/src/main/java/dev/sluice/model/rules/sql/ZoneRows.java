package dev.sluice.model.rules.sql;

import dev.sluice.model.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The zones of a query as data, so that offsets are java.time's and no engine's time zone database is asked.
 *
 * <p>Of a zone: {@code since}, the moments at which its offset changes, and {@code shift}, the offset before the first
 * and after each, all in milliseconds. Zones change their clocks for ever by rules that go by months and days of the
 * week. The calendar repeats after 400 years, which are whole weeks: the list ends 400 years after {@code turns}, from
 * where on the zone has nothing but such rules, and a later moment is looked up as many times 400 years earlier as it
 * takes.
 */
final class ZoneRows {
    /** Changes that one list may hold: what {@code ZoneSql} can search. */
    static final int MOST_CHANGES = 2_047;

    static final long CYCLE_MILLIS = Duration.ofDays(146_097).toMillis();

    private ZoneRows() {}

    /** {@code {"Europe/Paris": {"turns": …, "since": […], "shift": […]}, …}}. */
    static String json(Collection<ZoneId> zones) {
        byte[] json = JsonText.writeObject(generator -> zones.forEach(zone -> {
            generator.writeName(zone.getId());
            write(generator, zone.getRules());
        }));
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, ZoneRules rules) {
        Instant turns = turns(rules);
        List<ZoneOffsetTransition> changes = changes(rules, turns.plusMillis(CYCLE_MILLIS));
        json.writeStartObject();
        json.writeNumberProperty("turns", turns.toEpochMilli());
        json.writeArrayPropertyStart("since");
        changes.forEach(change -> json.writeNumber(change.getInstant().toEpochMilli()));
        json.writeEndArray();
        json.writeArrayPropertyStart("shift");
        json.writeNumber(millis(
                changes.isEmpty() ? rules.getOffset(turns) : changes.get(0).getOffsetBefore()));
        changes.forEach(change -> json.writeNumber(millis(change.getOffsetAfter())));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Two years after the last change that is no rule's: then rules alone have set the offset. */
    private static Instant turns(ZoneRules rules) {
        List<ZoneOffsetTransition> fixed = rules.getTransitions();
        int year = fixed.isEmpty()
                ? 1970
                : fixed.get(fixed.size() - 1).getDateTimeBefore().getYear() + 2;
        return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules, Instant end) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN.plus(Duration.ofDays(400)));
        while (next != null && next.getInstant().isBefore(end)) {
            if (changes.size() == MOST_CHANGES) {
                throw new IllegalStateException("a zone changes its offset too often");
            }
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    private static long millis(ZoneOffset offset) {
        return offset.getTotalSeconds() * 1_000L;
    }
}
