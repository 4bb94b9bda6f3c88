package dev.sluice.glue.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.TimeTest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People born around the end of February, on days around it of years with and without a 29th. */
final class LeapDays {
    private static final List<String> BORN =
            List.of("2000-02-27", "2000-02-28", "2000-02-29", "2000-03-01", "2000-02-29T12:00:00Z");
    private static final List<String> TODAY =
            List.of("2027-02-26", "2027-02-27", "2027-02-28", "2027-03-01", "2028-02-28", "2028-02-29", "2028-03-01");

    private LeapDays() {}

    static List<Observation> observations() {
        List<Observation> observations = new ArrayList<>();
        for (String today : TODAY) {
            for (String born : BORN) {
                Instant now = Instant.parse(today + "T12:00:00Z");
                var event = new Occurrence("e", EventType.TRACK, Optional.of("A"), now, now, Value.Fields.NONE);
                var traits = Value.Fields.NONE.with("born", Value.of(born));
                observations.add(new Observation(event, traits, Value.Fields.NONE, List.of(event)));
            }
        }
        return observations;
    }

    static List<Condition> conditions() {
        ZoneId utc = ZoneId.of("UTC");
        List<TimeTest> tests = List.of(
                new TimeTest.AnniversaryWithinNext(1, utc),
                new TimeTest.AnniversaryWithinNext(2, utc),
                new TimeTest.AnniversaryWithinNext(365, utc),
                new TimeTest.AnniversaryThis(TimeTest.Span.WEEK, utc),
                new TimeTest.AnniversaryThis(TimeTest.Span.MONTH, utc));
        return tests.stream()
                .<Condition>map(test -> new Condition.Trait("born", test))
                .toList();
    }
}
