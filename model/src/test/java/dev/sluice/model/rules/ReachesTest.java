package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promises: what all conditions reach together is what each reaches for itself, asked one after the other. */
class ReachesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<EventType> TYPES = List.of(EventType.TRACK, EventType.PAGE);

    @Test
    void togetherTheyReachWhatEachReaches() {
        var random = new SplittableRandom(20_261_121);
        int needed = 0;
        int spared = 0;
        for (int round = 0; round < 1_000; round++) {
            List<Reach> reaches = reaches(random);
            List<Occurrence> settled = settled(random);
            var together = new Reaches();
            together.addAll(reaches);

            var marked = new boolean[settled.size()];
            together.mark(settled, NOW, marked);
            var expected = new boolean[settled.size()];
            reaches.forEach(reach -> mark(reach, settled, expected));

            assertThat(marked).as("%s of %s", reaches, settled).isEqualTo(expected);
            for (boolean one : marked) {
                needed += one ? 1 : 0;
                spared += one ? 0 : 1;
            }
        }
        assertThat(needed).isPositive();
        assertThat(spared).isPositive();
    }

    private static void mark(Reach reach, List<Occurrence> settled, boolean[] needed) {
        int found = 0;
        for (int i = settled.size() - 1; i >= 0 && found < reach.most(); i--) {
            Occurrence event = settled.get(i);
            boolean isMeant = event.type() == reach.type()
                    && (reach.name().isEmpty() || reach.name().equals(event.name()));
            if (isMeant && isWithin(reach.window(), event.time())) {
                needed[i] = true;
                found++;
            }
        }
    }

    private static boolean isWithin(Window window, Instant time) {
        if (window instanceof Window.Last last) {
            return time.isAfter(NOW.minus(last.length()));
        }
        return !(window instanceof Window.Between days)
                || (!time.isBefore(days.opens()) && time.isBefore(days.closes()));
    }

    private static List<Reach> reaches(SplittableRandom random) {
        List<Reach> reaches = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            Window window = window(random);
            boolean isCounted = !(window instanceof Window.Between) && random.nextBoolean();
            Optional<String> name = random.nextInt(4) == 0 ? Optional.empty() : name(random);
            reaches.add(
                    new Reach(window, type(random), name, isCounted ? RuleLimits.MAX_COUNT + 1 : Integer.MAX_VALUE));
        }
        return reaches;
    }

    private static Window window(SplittableRandom random) {
        LocalDate day = LocalDate.of(2026, 11, 1).plusDays(random.nextInt(25));
        return switch (random.nextInt(8)) {
            case 0 -> new Window.Ever();
            case 1, 2, 3, 4 -> new Window.Last(Duration.ofHours(1 + random.nextInt(500)));
            default -> new Window.Between(day, day.plusDays(random.nextInt(6)), ZoneId.of("UTC"));
        };
    }

    private static List<Occurrence> settled(SplittableRandom random) {
        List<Occurrence> settled = new ArrayList<>();
        // Some histories have more of one kind than a count can tell apart.
        int count = random.nextInt(4) == 0 ? 700 : random.nextInt(20);
        for (int i = 0; i < count; i++) {
            Instant time = NOW.minus(Duration.ofHours(random.nextInt(520)));
            Optional<String> name = random.nextInt(5) == 0 ? Optional.empty() : name(random);
            settled.add(new Occurrence("e" + i, type(random), name, time, time, Value.Fields.NONE));
        }
        settled.sort(null);
        return settled;
    }

    private static EventType type(SplittableRandom random) {
        return TYPES.get(random.nextInt(10) == 0 ? 1 : 0);
    }

    private static Optional<String> name(SplittableRandom random) {
        return Optional.of("name-" + random.nextInt(2));
    }
}
