package dev.sluice.activators.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Partner;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Promises of every partner that keeps audiences, besides those of faults, against a server that behaves as its documentation
 * says, over the real client: a change becomes the request that is documented; whoever enters is in and whoever leaves is out;
 * settings are read strictly, and a dry run tells nobody; what is kept of a person holds nothing readable that the partner
 * wants hashed.
 */
public abstract class AudiencePartnerContract extends AudienceFaultsContract {
    @TestFactory
    Stream<DynamicTest> aChangeBecomesTheRequestThatThePartnerDocuments() {
        return PartnerFixture.of(partner().name())
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> assertRequest(fixture)));
    }

    @Test
    void whoeverEntersIsInAndWhoeverLeavesIsOut() {
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(new Outcome.Delivered(), new Outcome.Delivered(), new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(3);
        assertThat(tell(deliveries(2, "gold", Direction.LEFT)).outcomes())
                .containsExactly(new Outcome.Delivered(), new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(1);
    }

    @Test
    void toldTwiceIsToldOnce() {
        tell(deliveries(3, "gold", Direction.ENTERED));
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes()).containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(3);
    }

    @Test
    void aBatchOfTheGreatestSizeIsTaken() {
        int most = partner().limits().batch();
        assertThat(tell(deliveries(most, "gold", Direction.ENTERED)).outcomes())
                .hasSize(most)
                .containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(most);
    }

    @Test
    void aBatchOfTwoAudiencesIsToldOfBoth() {
        var batch = new ArrayList<>(deliveries(2, "gold", Direction.ENTERED));
        batch.addAll(1, deliveries(3, "silver", Direction.ENTERED));
        assertThat(tell(batch).outcomes()).hasSize(5).containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(2);
        assertThat(peopleIn(audience(2))).isEqualTo(3);
    }

    @Test
    void settingsThatAreNotKnownAreRefusedAndParkTheConnection() {
        Connection bad = connection(Map.of("nonsense", Value.of(true)));
        assertThat(partner().problem(bad)).contains("settings: nonsense is not known");
        assertParked(partner().deliver(bad, deliveries(1, "gold", Direction.ENTERED)));
        assertThat(partner().problem(connection())).isEmpty();
    }

    @Test
    void aConnectionWithoutASecretIsRefused() {
        Connection good = connection();
        var bad = new Connection(
                good.name(),
                good.partner(),
                good.audiences(),
                good.consent(),
                Optional.empty(),
                false,
                good.settings());
        assertThat(partner().problem(bad)).contains(partner().name() + " needs a secret");
        assertParked(partner().deliver(bad, deliveries(1, "gold", Direction.ENTERED)));
    }

    @Test
    void aDryRunTellsNobody() {
        Connection dry = connection(Map.of(dryRun(), Value.of(true)));
        assertThat(partner().problem(dry)).isEmpty();
        assertThat(partner()
                        .deliver(dry, deliveries(2, "gold", Direction.ENTERED))
                        .outcomes())
                .hasSize(2)
                .allMatch(Outcome.Skipped.class::isInstance);
        assertThat(peopleIn(audience(1))).isZero();
    }

    @Test
    void whatIsKeptOfAPersonIsTheSameEachTimeAndNotReadable() {
        String once = partner().recipient(connection(), person(1), shared(1)).orElseThrow();
        assertThat(partner().recipient(connection(), person(1), shared(1))).contains(once);
        assertThat(once.toLowerCase(Locale.ROOT))
                .doesNotContain("example.com")
                .doesNotContain("650253")
                .doesNotContain("miller");
    }

    private void assertRequest(PartnerFixture fixture) {
        var recording = fixture.recording();
        Partner partner = recorded(recording, fixture.secrets());
        assertThat(partner.problem(fixture.connection())).isEmpty();
        assertThat(partner.deliver(fixture.connection(), fixture.deliveries(partner))
                        .outcomes())
                .containsOnly(new Outcome.Delivered());
        assertThat(recording.sent()).containsExactly(fixture.request());
        assertThat(fixture.documentation()).isNotEmpty();
    }
}
