package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promises of segments that refer to each other to do harm: they are refused before they take time or memory. */
class HostileReferencesTest {
    /** Far more than any of it needs on a slow machine, and far less than what never ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Condition EVENT = new Condition.CurrentEvent(EventFilter.track("A"));

    /** Segments that refer to each other so that the whole would be endless, or larger than memory. */
    private static Map<String, List<Segment>> bombs() {
        Map<String, List<Segment>> bombs = new LinkedHashMap<>();
        bombs.put("in a circle: s0 → s1 → s0", segments(2, i -> in(1 - i)));
        bombs.put("in a circle: s0 → s1 → s2 → s3 → s4 → s0", segments(5, i -> new Condition.Not(in((i + 1) % 5))));
        bombs.put("segment s19: references from segment", segments(20_000, i -> in((i + 1) % 20_000)));
        List<Segment> chain = segments(20_000, i -> i == 0 ? EVENT : in(i - 1));
        bombs.put("segment s20: references from segment", chain);
        List<Segment> reversed = new ArrayList<>(chain);
        Collections.reverse(reversed);
        bombs.put("segment s19980: references from segment", reversed);
        bombs.put("segment s2: with the segments that it", segments(15, i -> i == 0 ? EVENT : all(50, in(i - 1))));
        bombs.put("segment x: with the segments that it refers to, a", family(i -> 0, false));
        bombs.put("segment x: with the segments that it refers to, conditions may nest 40", family(i -> i - 1, false));
        bombs.put("segment x: with the segments that it refers to, a rule may have 2000", family(i -> 0, true));
        bombs.put("1000000 conditions in all", segments(20_000, i -> all(50, EVENT)));
        bombs.put(
                "1000000 conditions in all,",
                segments(20_000, i -> i == 0 ? all(50, EVENT) : i == 1 ? all(30, in(0)) : in(1)));
        return bombs;
    }

    @Test
    void noReferencesGrowBeyondTheLimits() {
        bombs().forEach((message, segments) -> {
            Optional<String> refusal = assertTimeoutPreemptively(PATIENCE, () -> refusal(segments), message);
            assertThat(refusal)
                    .as(message)
                    .hasValueSatisfying(
                            text -> assertThat(text).contains(message).hasSizeLessThan(2_010));
        });
    }

    @Test
    void aLongLineOfParentsIsNoHarm() {
        List<Segment> line = new ArrayList<>();
        for (int i = 19_999; i >= 0; i--) {
            line.add(new Segment(
                    "s" + i,
                    "S",
                    new Segment.Live(),
                    i == 0 ? Optional.empty() : Optional.of("s" + (i - 1)),
                    new Condition.CurrentEvent(EventFilter.track("A"))));
        }
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> refusal(line))).isEmpty();
    }

    private static Optional<String> refusal(List<Segment> segments) {
        try {
            assertThat(new RuleSet("demo", 1, segments).segments()).hasSameSizeAs(segments);
            return Optional.empty();
        } catch (InvalidRuleException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<Segment> segments(int count, IntFunction<Condition> when) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Segment("s" + i, "S", new Segment.Live(), Optional.empty(), when.apply(i)))
                .toList();
    }

    private static Condition in(int segment) {
        return new Condition.InSegment("s" + segment);
    }

    private static Condition all(int times, Condition condition) {
        return new Condition.AllOf(Collections.nCopies(times, condition));
    }

    /** One that refers to the first of a family of thousands. */
    private static List<Segment> family(IntUnaryOperator parent, boolean exclusive) {
        List<Segment> family = new ArrayList<>();
        for (int i = 0; i < 19_999; i++) {
            Segment.Kind kind = exclusive && i > 0 ? new Segment.Overwrite("g", i) : new Segment.Live();
            Optional<String> of = i == 0 ? Optional.empty() : Optional.of("s" + parent.applyAsInt(i));
            family.add(new Segment("s" + i, "S", kind, of, EVENT));
        }
        family.add(new Segment("x", "X", new Segment.Live(), Optional.empty(), in(0)));
        return family;
    }
}
