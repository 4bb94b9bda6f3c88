package dev.sluice.model.rules.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Promise: however much a rule gives to compare, its warnings are there in bounded time, right or none. */
class HostileChecksTest {
    /** Far more than any of it needs on a slow machine, and far less than what never ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TestFactory
    List<DynamicTest> aRuleThatGivesMuchToCompareIsCheckedInTime() {
        return Map.of(
                        "patterns and a long list", segments(1, i -> patternsAndAList()),
                        "patterns on properties", segments(1, i -> patternsOnProperties()),
                        "long lists in one condition", segments(1, i -> lists()),
                        "choices between long lists", segments(1, i -> choices()),
                        "patterns on short lists", segments(100, i -> patternsOnShortLists(i)),
                        "many segments of long lists", segments(150, i -> list("a", i)))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getValue())))
                .toList();
    }

    private static void check(List<Segment> segments) {
        var rules = new RuleSet("demo", 1, segments);
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> RuleCheck.of(rules)))
                .hasSizeLessThan(1_001)
                .noneMatch(warning -> warning.kind() == RuleCheck.Kind.NEVER_MATCHES);
    }

    private static Condition patternsAndAList() {
        List<Condition> all = new ArrayList<>();
        all.add(list("a", 0));
        for (int i = 0; i < 24; i++) {
            all.add(new Condition.Trait("a", pattern(i)));
        }
        return new Condition.AllOf(all);
    }

    private static Condition patternsOnShortLists(int number) {
        List<Condition> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Value value = Value.of("x".repeat(12) + number);
            all.add(new Condition.Trait("a", new ValueTest.OneOf(List.of(value, Value.of("x" + i)), false)));
            all.add(new Condition.Trait("a", new ValueTest.Matches(".*".repeat(10) + "x{1,9}[^" + i + "]*")));
        }
        return new Condition.AllOf(all);
    }

    private static Condition patternsOnProperties() {
        List<Condition> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            List<EventFilter.PropertyTest> where = new ArrayList<>();
            for (int j = 0; j < 50; j++) {
                where.add(new EventFilter.PropertyTest("p", pattern(100 * i + j)));
            }
            var filter = new EventFilter(EventType.TRACK, Optional.of("A"), where);
            all.add(new History.EventCount(filter, new Window.Ever(), Operator.AT_LEAST, i + 1));
        }
        return new Condition.AllOf(all);
    }

    private static Condition lists() {
        List<Condition> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(list("a", i));
        }
        return new Condition.AllOf(all);
    }

    private static Condition choices() {
        return new Condition.AllOf(
                IntStream.range(0, 10).mapToObj(i -> choice(48 * i)).toList());
    }

    private static Condition choice(int from) {
        return new Condition.AnyOf(IntStream.range(from, from + 48)
                .mapToObj(i -> list("t" + i % 7, i))
                .toList());
    }

    /** Of texts as long as they may be, most of which the list of each number has. */
    private static Condition list(String trait, int number) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            values.add(Value.of("ß".repeat(500) + Math.floorMod(i - number, 600)));
        }
        return new Condition.Trait(trait, new ValueTest.OneOf(values, number % 2 == 0));
    }

    private static ValueTest pattern(int number) {
        return new ValueTest.Matches("(.*x)" + number + ".");
    }

    private static List<Segment> segments(int count, IntFunction<Condition> when) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Segment("s" + i, "S", new Segment.Live(), Optional.empty(), when.apply(i)))
                .toList();
    }
}
