package dev.sluice.activators.propagator;

import static dev.sluice.activators.People.inserted;
import static dev.sluice.activators.People.modified;
import static dev.sluice.activators.People.poison;
import static dev.sluice.activators.People.profile;
import static dev.sluice.activators.People.removed;
import static dev.sluice.activators.People.slot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
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
 * Promises of the propagator:
 *
 * <ul>
 *   <li>every membership that began or ended is told, in the order of the versions, also when a person is erased
 *   <li>each version that changed a membership or what is shared is one line, which says how everything stands
 *   <li>whatever is lost, a person's last line says what the table says
 *   <li>what the stream refuses is sent again, and later changes of the same slot wait for it
 *   <li>a record that cannot be read is set aside and stops nobody
 *   <li>it stops at the first record that it could not wholly propagate, and names it
 *   <li>pauses and attempts are bounded
 * </ul>
 */
final class PropagatorTest {
    private static final PropagatorLimits ONE_LINE_A_RECORD =
            new PropagatorLimits(1, 1000, 1_000_000, 3, Duration.ofMillis(50));

    private static final Optional<Shared.Happening> HAPPENING =
            Optional.of(new Shared.Happening("Play", Value.Fields.NONE));

    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final MemorySetAside setAside = new MemorySetAside();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void versionsBecomeChangesInTheirOrder() {
        Propagation done = propagate(
                PropagatorLimits.DEFAULT,
                inserted("1", profile("u1", 1, "new-player")),
                modified("2", profile("u1", 1, "new-player"), profile("u1", 2, "skips-ads")),
                modified("3", profile("u1", 2, "skips-ads"), profile("u1", 3, "skips-ads")));

        assertThat(done).isEqualTo(new Propagation(3, 2, 0, Optional.empty()));
        assertThat(People.texts(sink.kept()))
                .containsExactly("u1 1 +new-player", "u1 2 -new-player", "u1 2 +skips-ads");
    }

    @Test
    void aVersionThatChangedSomethingIsOneLineThatSaysHowEverythingStands() {
        SegmentedProfile first = profile("u1", 1, "a", "b");
        SegmentedProfile consents = profile("u1", 2, "a", "b").with(shared("a@example.com", Optional.empty()));
        SegmentedProfile nothingNew = profile("u1", 3, "a", "b").with(shared("a@example.com", HAPPENING));
        SegmentedProfile third = profile("u1", 4, "b", "c").with(shared("a@example.com", HAPPENING));

        Propagation done = propagate(
                PropagatorLimits.DEFAULT,
                inserted("0", profile("u1", 0)),
                inserted("1", first),
                modified("2", first, consents),
                modified("3", consents, nothingNew),
                modified("4", nothingNew, third),
                removed("5", third));

        assertThat(done).isEqualTo(new Propagation(6, 4, 0, Optional.empty()));
        List<ProfileChange> lines = lines(sink.kept());
        assertThat(lines).extracting(ProfileChange::version).containsExactly(1L, 2L, 4L, 5L);
        assertThat(lines.get(1).changes()).isEmpty();
        assertThat(lines.get(1).memberships()).containsOnlyKeys("a", "b");
        assertThat(lines.get(1).shared()).isEqualTo(consents.shared());
        assertThat(lines.get(2).changes()).extracting(People::text).containsExactly("u1 4 -a", "u1 4 +c");
        assertThat(lines.get(2).shared()).isEqualTo(third.shared());
        assertThat(lines.get(3).erased()).isTrue();
        assertThat(lines.get(3).memberships()).isEmpty();
        assertThat(lines.get(3).shared()).isEqualTo(Shared.NOTHING);
    }

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
    void changesOfASlotTravelInOneRecordUpToItsLimits() {
        propagate(PropagatorLimits.DEFAULT, threeVersions());
        assertThat(sink.calls()).containsExactly(List.of(slot("u1")));

        propagate(ONE_LINE_A_RECORD, threeVersions());
        assertThat(sink.calls()).hasSize(4);
    }

    @Test
    void aPersonWhoIsErasedHasLeftEverything() {
        propagate(PropagatorLimits.DEFAULT, removed("1", profile("u1", 4, "lapsed", "new-player")));

        assertThat(People.texts(sink.kept())).containsExactly("u1 5 -lapsed", "u1 5 -new-player");
    }

    @Test
    void aRefusedRecordIsSentAgainWhileLaterOnesOfItsSlotWait() {
        sink.refuse(slot("u1"), 2);

        Propagation done = propagate(
                ONE_LINE_A_RECORD,
                inserted("1", profile("u1", 1, "a")),
                modified("2", profile("u1", 1, "a"), profile("u1", 2, "a", "b")),
                inserted("3", profile("u2", 1, "a")));

        assertThat(done.failedAt()).isEmpty();
        assertThat(People.texts(sink.kept())).containsExactly("u2 1 +a", "u1 1 +a", "u1 2 +b");
        assertThat(sink.calls())
                .containsExactly(
                        sorted(slot("u1"), slot("u2")), List.of(slot("u1")), List.of(slot("u1")), List.of(slot("u1")));
        assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void whatIsRefusedTooOftenIsTheFirstFailureAndNothingAfterItIsNeeded() {
        sink.refuse(slot("u1"), 100);

        Propagation done = propagate(
                ONE_LINE_A_RECORD,
                inserted("1", profile("u2", 1, "a")),
                inserted("2", profile("u1", 1, "a")),
                modified("3", profile("u1", 1, "a"), profile("u1", 2, "a", "b")));

        assertThat(done.failedAt()).contains("2");
        assertThat(People.texts(sink.kept())).containsExactly("u2 1 +a");
        assertThat(sink.calls()).hasSize(3);
    }

    @Test
    void poisonIsSetAsideAsItCameAndStopsNobody() {
        Propagation done =
                propagate(PropagatorLimits.DEFAULT, poison("1"), inserted("2", profile("u1", 1, "a")), poison("3"));

        assertThat(done).isEqualTo(new Propagation(3, 1, 2, Optional.empty()));
        assertThat(setAside.items()).extracting(SetAside.Item::id).containsExactly("1", "3");
        SetAside.Item item = setAside.items().getFirst();
        assertThat(item.function()).isEqualTo("propagator");
        assertThat(item.reason()).isEqualTo("NewImage: v is 99; this program reads v 1");
        assertThat(new String(item.payload(), StandardCharsets.UTF_8)).isEqualTo("original of 1");
    }

    @Test
    void aMissingImageIsPoison() {
        SegmentedProfile after = profile("u1", 2, "a");
        var withoutOldImage = new ProfileVersion(
                "1",
                People.AT,
                ProfileVersion.Kind.MODIFY,
                Optional.empty(),
                inserted("1", after).after(),
                () -> new byte[0]);

        propagate(PropagatorLimits.DEFAULT, withoutOldImage, modified("2", profile("u9", 1), profile("u8", 2)));

        assertThat(setAside.items())
                .extracting(SetAside.Item::reason)
                .containsExactly(
                        "OldImage: the string attribute profile is missing",
                        "OldImage and NewImage are of different people");
        assertThat(sink.calls()).isEmpty();
    }

    @Test
    void poisonThatCannotBeSetAsideIsTheFirstFailureAndWhatCameBeforeIsSent() {
        setAside.down(true);

        Propagation done = propagate(
                PropagatorLimits.DEFAULT,
                inserted("1", profile("u1", 1, "a")),
                poison("2"),
                inserted("3", profile("u2", 1, "a")));

        assertThat(done.failedAt()).contains("2");
        assertThat(People.texts(sink.kept())).containsExactly("u1 1 +a");
    }

    @Test
    void withoutTimeNothingIsSentAndAllComesAgain() {
        Propagation done = new Propagator(sink, setAside, pauses::add, PropagatorLimits.DEFAULT)
                .propagate(List.of(inserted("1", profile("u1", 1)), inserted("2", profile("u1", 1, "a"))), () -> false);

        assertThat(done.failedAt()).contains("2");
        assertThat(sink.calls()).isEmpty();
    }

    @Test
    void aCallHoldsNoMoreBytesThanItsLimit() {
        var limits = new PropagatorLimits(1, 300, 300, 3, Duration.ofMillis(1));
        ProfileVersion[] people = new ProfileVersion[20];
        for (int i = 0; i < people.length; i++) {
            people[i] = inserted(Integer.toString(i), profile("u" + i, 1, "a"));
        }

        Propagation done = propagate(limits, people);

        assertThat(done.failedAt()).isEmpty();
        assertThat(sink.kept()).hasSize(20);
        assertThat(sink.calls()).hasSizeGreaterThanOrEqualTo(10);
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
                    .isSortedAccordingTo(Comparator.comparingInt(PropagatorTest::versionOf));
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

    private Propagation propagate(PropagatorLimits limits, ProfileVersion... records) {
        return new Propagator(sink, setAside, pauses::add, limits).propagate(List.of(records), () -> true);
    }

    private static ProfileVersion[] threeVersions() {
        return new ProfileVersion[] {
            inserted("1", profile("u1", 1, "a")),
            modified("2", profile("u1", 1, "a"), profile("u1", 2, "a", "b")),
            modified("3", profile("u1", 2, "a", "b"), profile("u1", 3, "a", "b", "c"))
        };
    }

    private static List<Integer> sorted(Integer... slots) {
        return List.of(slots).stream().sorted().toList();
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
