package dev.sluice.activators.propagator;

import static dev.sluice.activators.People.inserted;
import static dev.sluice.activators.People.modified;
import static dev.sluice.activators.People.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Laws of the propagator, over generated lives and a stream that loses and refuses:
 *
 * <ul>
 *   <li>whatever is lost, a person's last line says what the table says
 *   <li>whatever is refused, no person's versions change places, and nothing before the first failure is missing
 * </ul>
 */
final class PropagatorLawsTest {
    private static final Optional<Shared.Happening> HAPPENING =
            Optional.of(new Shared.Happening("Play", Value.Fields.NONE));

    private final MemorySetAside setAside = new MemorySetAside();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void whateverIsLostAPersonsLastLineSaysWhatTheTableSays() {
        for (int seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            Map<String, List<SegmentedProfile>> lives = new TreeMap<>();
            List<ProfileVersion> records = randomLives(random, lives);
            int lost = random.nextInt(records.size());
            var lossy = new MemoryActivationSink();

            new Propagator(lossy, setAside, pauses::add, PropagatorLimits.DEFAULT)
                    .propagate(
                            records.stream()
                                    .filter(record -> random.nextInt(records.size()) >= lost)
                                    .toList(),
                            () -> true);
            new Propagator(lossy, setAside, pauses::add, PropagatorLimits.DEFAULT)
                    .propagate(lastOfEach(records), () -> true);

            Map<String, ProfileChange> last = new TreeMap<>();
            for (ProfileChange line : lines(lossy.kept())) {
                SegmentedProfile atThatVersion =
                        lives.getOrDefault(line.key().person(), List.of()).get((int) line.version() - 1);
                assertThat(line)
                        .as("seed %d", seed)
                        .usingRecursiveComparison()
                        .ignoringFields("changes")
                        .isEqualTo(ProfileChanges.standing(atThatVersion));
                last.put(line.key().person(), line);
            }
            Map<String, Long> stored = new TreeMap<>();
            lives.forEach(
                    (person, versions) -> stored.put(person, versions.getLast().version()));
            Map<String, Long> heard = new TreeMap<>();
            last.forEach((person, line) -> heard.put(person, line.version()));
            assertThat(heard).as("seed %d", seed).isEqualTo(stored);
        }
    }

    /** Each version says something else than the one before. */
    private static List<ProfileVersion> randomLives(Random random, Map<String, List<SegmentedProfile>> lives) {
        List<ProfileVersion> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String person = "u" + (1 + random.nextInt(4));
            List<SegmentedProfile> versions = lives.computeIfAbsent(person, any -> new ArrayList<>());
            SegmentedProfile after = profile(person, versions.size() + 1, "s" + random.nextInt(5))
                    .with(shared("mail-" + i, random.nextBoolean() ? HAPPENING : Optional.empty()));
            String number = Integer.toString(i);
            records.add(versions.isEmpty() ? inserted(number, after) : modified(number, versions.getLast(), after));
            versions.add(after);
        }
        return records;
    }

    private static List<ProfileVersion> lastOfEach(List<ProfileVersion> records) {
        Map<String, ProfileVersion> last = new TreeMap<>();
        records.forEach(
                record -> last.put(ProfileChanges.of(record).orElseThrow().key().person(), record));
        return List.copyOf(last.values());
    }

    private static Shared shared(String email, Optional<Shared.Happening> event) {
        return new Shared(new Value.Fields(Map.of("email", Value.of(email))), event);
    }

    private static List<ProfileChange> lines(List<ActivationRecord> records) {
        return People.lines(records).stream().map(ProfileChange.class::cast).toList();
    }

    @Test
    void whateverTheStreamRefusesNoPersonsVersionsChangePlacesAndNothingBeforeTheFailureIsMissing() {
        for (int seed = 1; seed <= 100; seed++) {
            var random = new Random(seed);
            List<ProfileVersion> records = randomVersions(random);
            var fickle = new FickleSink(random);
            var limits = new PropagatorLimits(1 + random.nextInt(3), 2000, 1_000_000, 4, Duration.ZERO);

            Propagation done = new Propagator(fickle, setAside, pauses::add, limits).propagate(records, () -> true);

            List<String> expected = new ArrayList<>();
            int end = done.failedAt().map(Integer::parseInt).orElse(records.size());
            records.subList(0, end)
                    .forEach(record -> ProfileChanges.of(record).orElseThrow().changes().stream()
                            .map(People::text)
                            .forEach(expected::add));
            List<String> kept = People.texts(fickle.kept);
            assertThat(kept).as("seed %d", seed).containsAll(expected).doesNotHaveDuplicates();
            assertThat(kept.stream().filter(text -> text.startsWith("u1 ")).toList())
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.comparingInt(PropagatorLawsTest::versionOf));
        }
    }

    private static int versionOf(String text) {
        return Integer.parseInt(text.replaceAll("^\\S+ (\\d+) .*$", "$1"));
    }

    private static List<ProfileVersion> randomVersions(Random random) {
        Map<String, SegmentedProfile> current = new HashMap<>();
        List<ProfileVersion> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String person = "u" + (1 + random.nextInt(4));
            SegmentedProfile before = current.getOrDefault(person, profile(person, 0));
            SegmentedProfile after = profile(person, before.version() + 1, "s" + i, "t" + i);
            records.add(modified(Integer.toString(i), before, after));
            current.put(person, after);
        }
        return records;
    }

    /** Refuses every third record or so. */
    private static final class FickleSink implements ActivationSink {
        private final Random random;
        private final List<ActivationRecord> kept = new ArrayList<>();

        FickleSink(Random random) {
            this.random = random;
        }

        @Override
        public Set<Integer> put(List<ActivationRecord> records) {
            assertThat(records).extracting(ActivationRecord::slot).doesNotHaveDuplicates();
            var refused = new HashSet<Integer>();
            for (int i = 0; i < records.size(); i++) {
                if (random.nextInt(3) == 0) {
                    refused.add(i);
                } else {
                    kept.add(records.get(i));
                }
            }
            return refused;
        }
    }
}
