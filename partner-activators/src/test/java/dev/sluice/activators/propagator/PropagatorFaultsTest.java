package dev.sluice.activators.propagator;

import static dev.sluice.activators.People.inserted;
import static dev.sluice.activators.People.modified;
import static dev.sluice.activators.People.poison;
import static dev.sluice.activators.People.profile;
import static dev.sluice.activators.People.slot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.profile.SegmentedProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of the propagator when things go wrong:
 *
 * <ul>
 *   <li>what the stream refuses is sent again, and later changes of the same slot wait for it
 *   <li>a record that cannot be read is set aside and stops nobody
 *   <li>it stops at the first record that it could not wholly propagate, and names it
 *   <li>pauses and attempts are bounded
 * </ul>
 */
final class PropagatorFaultsTest {
    private static final PropagatorLimits ONE_LINE_A_RECORD =
            new PropagatorLimits(1, 1000, 1_000_000, 3, Duration.ofMillis(50));

    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final MemorySetAside setAside = new MemorySetAside();
    private final List<Duration> pauses = new ArrayList<>();

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

    private Propagation propagate(PropagatorLimits limits, ProfileVersion... records) {
        return new Propagator(sink, setAside, pauses::add, limits).propagate(List.of(records), () -> true);
    }

    private static List<Integer> sorted(Integer... slots) {
        return List.of(slots).stream().sorted().toList();
    }
}
