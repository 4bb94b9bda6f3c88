package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.model.activation.ActivationLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of an audience that the partner blocks: one person a day finds out whether it still does, everyone else waits and is not
 * looked at; when it takes one, the audience goes again and everyone is told; other audiences go on all the time; the stream
 * does not try it; nothing of it expires.
 */
final class ParkedAudienceTest {
    private static final int PEOPLE = 30;

    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 100) {
        @Override
        public boolean oneAudienceACall() {
            return true;
        }
    };
    private final List<Lives> people = new ArrayList<>();
    private boolean blocked = true;

    ParkedAudienceTest() {
        partner.answers(deliveries -> Answer.all(
                deliveries.size(),
                blocked && deliveries.getFirst().audience().equals("a")
                        ? new Outcome.Parked("operation_status 471", Outcome.Parked.Scope.AUDIENCE)
                        : new Outcome.Delivered(),
                Pace.UNSAID));
        desk.connect(partner, "c1");
        enter("a");
    }

    @Test
    void onePersonADayFindsOutAndNobodyElseIsLookedAt() {
        assertThat(partner.calls()).containsExactly(PEOPLE);
        for (int day = 1; day <= 5; day++) {
            Instant tomorrow = desk.clock.instant().plus(Duration.ofHours(25));
            assertThat(desk.ledger.entries().stream()
                            .filter(entry -> entry.due()
                                    .filter(due -> due.isBefore(tomorrow))
                                    .isPresent()))
                    .hasSize(1);
            desk.clock.pass(Duration.ofHours(25));

            desk.tellDue();

            assertThat(partner.calls()).hasSize(1 + day).last().isEqualTo(1);
        }
    }

    @Test
    void whenItTakesOneEveryoneIsTold() {
        desk.clock.pass(Duration.ofDays(4));
        desk.tellDue();
        assertThat(partner.present()).isEmpty();
        blocked = false;
        desk.clock.pass(Duration.ofHours(25));

        desk.tellDue();
        desk.tellDue();

        assertThat(partner.present()).hasSize(PEOPLE);
        assertThat(desk.flow.standing(Desk.id("c1"), partner.limits()).parkings())
                .isEmpty();
        assertThat(desk.setAside.items()).isEmpty();
        assertThat(partner.told().stream().map(told -> told.id()).distinct()).hasSize(PEOPLE);
    }

    @Test
    void whoEntersMeanwhileWaitsTooAndOtherAudiencesGoOn() {
        int before = partner.calls().size();
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            lines.add(new Lives("later" + i)
                    .email(Optional.of("later" + i + "@example.com"))
                    .in("a", "b"));
        }
        desk.activate(batch("2", lines.toArray(ActivationLine[]::new)));
        desk.tellDue();

        assertThat(partner.present()).hasSize(PEOPLE).allMatch(place -> place.startsWith("b "));
        assertThat(partner.calls()).hasSize(before + 1);
        blocked = false;
        desk.clock.pass(Duration.ofHours(25));
        desk.tellDue();
        desk.tellDue();

        assertThat(partner.present()).hasSize(3 * PEOPLE);
    }

    @Test
    void theStreamDoesNotTryIt() {
        blocked = false;
        desk.clock.pass(Duration.ofHours(25));
        int before = partner.calls().size();

        desk.activate(batch("3", people.stream().map(life -> life.in("a")).toArray(ActivationLine[]::new)));

        assertThat(partner.calls()).hasSize(before);
        desk.clock.pass(Duration.ofMinutes(3));
        desk.tellDue();
        desk.tellDue();
        assertThat(partner.present()).hasSize(PEOPLE);
    }

    private void enter(String segment) {
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Lives("u" + i).email(Optional.of("u" + i + "@example.com")));
            lines.add(people.getLast().in(segment));
        }
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        desk.tellDue();
    }
}
