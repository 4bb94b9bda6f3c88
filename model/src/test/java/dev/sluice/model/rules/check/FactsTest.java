package dev.sluice.model.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Promises: filters that read alike are not taken for one; the shortest days that there were are days. */
class FactsTest {
    private static final ValueTest EXISTS = new ValueTest.Exists();

    @Test
    void filtersThatReadAlikeAreNotTakenForOne() {
        EventFilter two = filter(new EventFilter.PropertyTest("x", EXISTS), new EventFilter.PropertyTest("y", EXISTS));
        String spelt = "x, test=Exists[]], PropertyTest[property=y";
        EventFilter one = filter(new EventFilter.PropertyTest(spelt, EXISTS));
        assertThat(one).hasToString(two.toString()).isNotEqualTo(two);

        assertThat(impossible(sum(two, Operator.MORE_THAN), sum(one, Operator.LESS_THAN)))
                .isFalse();
        assertThat(impossible(sum(two, Operator.MORE_THAN), sum(two, Operator.LESS_THAN)))
                .isTrue();
        assertThat(impossible(first(two, TimeTest.Direction.WITHIN_LAST), first(one, TimeTest.Direction.LONGER_AGO)))
                .isFalse();
        assertThat(impossible(first(two, TimeTest.Direction.WITHIN_LAST), first(two, TimeTest.Direction.LONGER_AGO)))
                .isTrue();
    }

    @Test
    void daysAsShortAsSixteenHoursAreCounted() {
        assertThat(impossible(days(5))).isFalse();
        assertThat(impossible(days(6))).isTrue();
    }

    private static boolean impossible(Condition... together) {
        return Proof.impossible(
                Arrays.stream(together)
                        .map(condition -> Formula.of(condition, true))
                        .toList(),
                1_000);
    }

    private static EventFilter filter(EventFilter.PropertyTest... where) {
        return new EventFilter(EventType.TRACK, Optional.of("A"), List.of(where));
    }

    private static Condition sum(EventFilter filter, Operator operator) {
        return new History.Total(History.Aggregate.SUM, "p", filter, new Window.Ever(), operator, BigDecimal.ONE);
    }

    private static Condition first(EventFilter filter, TimeTest.Direction direction) {
        var test = new TimeTest.Relative(direction, Duration.ofDays(7), ZoneId.of("UTC"));
        return new History.Moment(History.Which.FIRST, filter, new Window.Ever(), test);
    }

    private static Condition days(int count) {
        return new History.Days(
                EventFilter.track("A"),
                new Window.Last(Duration.ofHours(48)),
                ZoneId.of("UTC"),
                Operator.AT_LEAST,
                count);
    }
}
