package dev.sluice.activators.propagator;

import static dev.sluice.activators.People.inserted;
import static dev.sluice.activators.People.modified;
import static dev.sluice.activators.People.profile;
import static dev.sluice.activators.People.removed;
import static dev.sluice.activators.People.slot;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of the propagator:
 *
 * <ul>
 *   <li>every membership that began or ended is told, in the order of the versions, also when a person is erased
 *   <li>each version that changed a membership or what is shared is one line, which says how everything stands
 *   <li>changes of a slot share a record, and records a call, within their limits
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
}
