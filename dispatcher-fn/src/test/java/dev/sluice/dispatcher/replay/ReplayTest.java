package dev.sluice.dispatcher.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dispatcher.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: every line of every object of the time is sent, in bounded requests; lines that are to come again do, after a pause;
 * a line that the classifier refuses or fails over is found, counted and hides no other; what is away stops it with the reason; a
 * dry run sends nothing; no time is longer than what still counts.
 */
class ReplayTest {
    private static final Instant TO = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant FROM = TO.minus(Duration.ofDays(1));

    private final TreeMap<String, GivenUp.Lines> kept = new TreeMap<>();
    private final Deque<Classification.Verdict> verdicts = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Predicate<String> stumbling = line -> false;
    private boolean away;

    private final Replay replay = new Replay(
            new GivenUp() {
                @Override
                public List<String> names(Instant from, Instant to) {
                    return List.copyOf(kept.keySet());
                }

                @Override
                public Lines read(String name) {
                    if (away) {
                        throw new UnavailableException("the lake is away");
                    }
                    return kept.getOrDefault(name, new Lines(List.of(), 1));
                }
            },
            this::classify,
            pauses::add);

    @Test
    void everyLineIsSentInBoundedRequests() {
        put("a", IntStream.range(0, 1_200).mapToObj(String::valueOf).toArray(String[]::new));
        put("b", "x");
        kept.put("c", new GivenUp.Lines(List.of(), 1));

        assertThat(replay.run(FROM, TO, false)).isEqualTo(new Replay.Summary(3, 1_201, 0, 1, Optional.empty()));
        assertThat(done).hasSize(1_201).doesNotHaveDuplicates();
        assertThat(sizes).containsExactly(500, 500, 200, 1);
    }

    @Test
    void linesThatAreToComeAgainDoAfterAPause() {
        put("a", "1", "2", "3");
        verdicts.add(new Classification.Classified(Set.of(2, 0), List.of(), Map.of()));
        verdicts.add(new Classification.Unavailable("away"));

        assertThat(replay.run(FROM, TO, false)).isEqualTo(new Replay.Summary(1, 3, 0, 0, Optional.empty()));
        assertThat(done).containsExactly("1", "3");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aLineThatIsRefusedIsCountedAndHidesNoOther() {
        put("a", IntStream.range(0, 100).mapToObj(String::valueOf).toArray(String[]::new));
        put("b", "x", "y");
        stumbling = line -> line.equals("7") || line.equals("88") || line.equals("y");

        assertThat(replay.run(FROM, TO, false)).isEqualTo(new Replay.Summary(2, 99, 3, 0, Optional.empty()));
        assertThat(done).hasSize(99).contains("x", "6", "8").doesNotContain("7", "88", "y");
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatTheClassifierSetsAsideIsNoEventThatWasDone() {
        put("a", "1", "2");
        verdicts.add(new Classification.Classified(
                Set.of(), List.of(new Classification.Hopeless(1, "bad", "not an event")), Map.of()));

        assertThat(replay.run(FROM, TO, false)).isEqualTo(new Replay.Summary(1, 1, 1, 0, Optional.empty()));
    }

    @Test
    void whatIsAwayStopsItWithTheReason() {
        put("a", "1");
        put("b", "2");
        for (int i = 0; i < 5; i++) {
            verdicts.add(new Classification.Unavailable("the classifier is away"));
        }

        Replay.Summary stopped = replay.run(FROM, TO, false);

        assertThat(stopped).isEqualTo(new Replay.Summary(1, 0, 0, 0, Optional.of("the classifier is away")));
        assertThat(pauses).hasSize(4);
        assertThat(done).isEmpty();
        away = true;
        assertThat(replay.run(FROM, TO, false).problem()).contains("the lake is away");
    }

    @Test
    void aDryRunSendsNothing() {
        put("a", "1", "2");

        assertThat(replay.run(FROM, TO, true)).isEqualTo(new Replay.Summary(1, 2, 0, 0, Optional.empty()));
        assertThat(done).isEmpty();
    }

    @Test
    void noTimeIsLongerThanWhatStillCounts() {
        assertThatThrownBy(() -> replay.run(TO.minus(Duration.ofDays(61)), TO, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at most 60 days");
    }

    private Classification.Verdict classify(List<byte[]> lines) {
        List<String> texts = lines.stream().map(line -> new String(line, UTF_8)).toList();
        sizes.add(texts.size());
        Classification.Verdict next = verdicts.poll();
        if (next != null) {
            return next;
        }
        if (texts.stream().anyMatch(stumbling)) {
            return texts.contains("7")
                    ? new Classification.Refused("the classifier answered 422")
                    : new Classification.Failed("the classifier answered 500");
        }
        done.addAll(texts);
        return new Classification.Classified(Set.of(), List.of(), Map.of());
    }

    private void put(String name, String... lines) {
        kept.put(
                name,
                new GivenUp.Lines(
                        List.of(lines).stream()
                                .map(line -> line.getBytes(UTF_8))
                                .toList(),
                        0));
    }
}
