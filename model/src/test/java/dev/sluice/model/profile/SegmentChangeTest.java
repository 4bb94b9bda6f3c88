package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: the changes between two versions are exactly those of who is in what, left before entered; a delivery's id
 * depends on what is delivered and on nothing of the attempt.
 */
class SegmentChangeTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Membership IN = new Membership(NOON.minusSeconds(9), 1, true);
    private static final Cause CAUSE = new Cause(Cause.Kind.EVENT, "m1", NOON, Optional.empty());

    @Test
    void leavingComesBeforeEntering() {
        List<SegmentChange> changes = SegmentChange.between(
                Optional.of(profile(4, Map.of("a", IN, "silver", IN))), profile(5, Map.of("a", IN, "gold", IN)));

        assertThat(changes)
                .containsExactly(
                        new SegmentChange(
                                new PersonKey("demo", "u1"), "silver", SegmentChange.Direction.LEFT, NOON, 5, 1, CAUSE),
                        new SegmentChange(
                                new PersonKey("demo", "u1"),
                                "gold",
                                SegmentChange.Direction.ENTERED,
                                NOON.minusSeconds(9),
                                5,
                                1,
                                CAUSE));
    }

    @Test
    void anotherBeginningOfTheSameMembershipIsNoChange() {
        var earlier = new Membership(NOON.minusSeconds(99), 1, true);
        assertThat(SegmentChange.between(Optional.of(profile(4, Map.of("a", IN))), profile(5, Map.of("a", earlier))))
                .isEmpty();
        assertThat(profile(4, Map.of("a", IN)).saysTheSameAs(Map.of("a", earlier)))
                .isFalse();
    }

    @Test
    void theFirstVersionEntersAllItHolds() {
        assertThat(SegmentChange.between(Optional.empty(), profile(1, Map.of("a", IN, "b", IN))))
                .extracting(SegmentChange::segment)
                .containsExactly("a", "b");
    }

    @Test
    void aDeliveryIsNamedByWhatIsDelivered() {
        var change = new SegmentChange(
                new PersonKey("demo", "u1"), "skips-ads", SegmentChange.Direction.ENTERED, NOON, 4, 1, CAUSE);
        var later = new SegmentChange(
                new PersonKey("demo", "u1"), "skips-ads", SegmentChange.Direction.LEFT, NOON, 5, 1, CAUSE);

        // Computed by another program from the words of DeliveryId.
        assertThat(DeliveryId.of("webhook", change)).isEqualTo("msg_cba81d1360c51cc96d3fadc80eabe52f");
        assertThat(DeliveryId.of("webhook", later)).isNotEqualTo(DeliveryId.of("webhook", change));
        assertThat(DeliveryId.of("other", change)).isNotEqualTo(DeliveryId.of("webhook", change));
    }

    private static SegmentedProfile profile(long version, Map<String, Membership> memberships) {
        return new SegmentedProfile(new PersonKey("demo", "u1"), version, 1, NOON, "w", memberships, CAUSE);
    }
}
