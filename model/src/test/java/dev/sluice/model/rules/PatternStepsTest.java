package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.EventType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise: the patterns of one segment come to 20,000 steps in all, wherever in the tree they stand. */
class PatternStepsTest {
    /** Of 4,000 steps, as many as one pattern may have. */
    private static final ValueTest LONGEST = new ValueTest.Matches("a{40}" + "b".repeat(95));

    static Stream<Function<ValueTest, Condition>> places() {
        return Stream.of(
                test -> new Condition.Trait("a", test),
                test -> new Condition.Not(new Condition.Statistic("a", test)),
                test -> new Condition.Call("f", List.of(), test),
                test -> new Condition.CurrentEvent(filter(test)),
                test -> new History.EventCount(filter(test), new Window.Ever(), Operator.AT_LEAST, 1));
    }

    @ParameterizedTest
    @MethodSource("places")
    void patternsMayComeToTheLimitAndNoFurther(Function<ValueTest, Condition> place) {
        Condition longest = place.apply(LONGEST);
        Condition most = new Condition.AnyOf(Collections.nCopies(5, longest));
        assertThat(segment(most).when()).isEqualTo(most);

        Condition tooMany = new Condition.AnyOf(List.of(most, place.apply(new ValueTest.Matches("a"))));
        assertThatThrownBy(() -> segment(tooMany))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("may be 20000 in all, are 20001");
    }

    private static EventFilter filter(ValueTest test) {
        return new EventFilter(EventType.TRACK, Optional.empty(), List.of(new EventFilter.PropertyTest("p", test)));
    }

    private static Segment segment(Condition when) {
        return new Segment("s", "S", new Segment.Live(), Optional.empty(), when);
    }
}
