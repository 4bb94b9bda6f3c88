package dev.sluice.glue.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Times;
import dev.sluice.model.rules.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Events in pairs a few hours apart in all centuries, and rules that count their days in many zones. */
final class ManyDays {
    static final Observation SEEN = observation();

    private ManyDays() {}

    /** Of each zone: that there are just as many days as java.time says. */
    static List<Condition> conditions() {
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        Collections.shuffle(zones, new java.util.Random(7));
        List<Condition> conditions = new ArrayList<>();
        for (String id : zones.subList(0, 30)) {
            ZoneId zone = ZoneId.of(id);
            int days = (int) SEEN.history().stream()
                    .map(event -> Times.day(event.time(), zone))
                    .distinct()
                    .count();
            conditions.add(new History.Days(EventFilter.track("A"), new Window.Ever(), zone, Operator.EXACTLY, days));
        }
        return conditions;
    }

    private static Observation observation() {
        var random = new SplittableRandom(11);
        List<Occurrence> history = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            // Some anywhere, most where zones have changed their rules, all near an hour's edge.
            int year = i % 3 == 0 ? 2 + random.nextInt(9_990) : 1880 + random.nextInt(300);
            Instant day =
                    Instant.parse("%04d-01-01T00:00:00Z".formatted(year)).plusSeconds(random.nextInt(365) * 86_400L);
            Instant hour = day.plusSeconds(random.nextInt(24) * 3_600L);
            history.add(event(2 * i, hour.minusMillis(random.nextInt(2))));
            history.add(event(2 * i + 1, hour.plusSeconds(1_800L * random.nextInt(12))));
        }
        history.sort(null);
        return new Observation(history.get(history.size() - 1), Value.Fields.NONE, Value.Fields.NONE, history);
    }

    private static Occurrence event(int i, Instant time) {
        return new Occurrence("e" + i, EventType.TRACK, Optional.of("A"), time, time, Value.Fields.NONE);
    }
}
