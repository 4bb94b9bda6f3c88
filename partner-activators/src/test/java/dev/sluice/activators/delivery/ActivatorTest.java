package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.People;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of an activator and of the retries:
 *
 * <ul>
 *   <li>a change is told at once, what the partner does not take comes again under the same id, one person's in order
 *   <li>the stream never waits for a partner: one that is slow, ill, parked or paused leaves entries that are due
 *   <li>what is refused or too old is set aside and never comes again by itself
 * </ul>
 */
final class ActivatorTest {
    private static final Outcome LATER = new Outcome.RetryLater("busy");

    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);

    @Test
    void aChangeIsToldAtOnceAndOnlyOnce() {
        desk.connect(partner, "c1");
        ActivationLine line = new Lives("u1").in("a", "b");

        Activations done = desk.activate(batch("1", line));
        desk.activate(batch("1", line));
        desk.tellDue();

        assertThat(done.failedAt()).isEmpty();
        assertThat(done.lines()).isEqualTo(1);
        assertThat(Desk.tally(done).of(Tally.Count.DELIVERED)).isEqualTo(2);
        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +b");
        assertThat(partner.calls()).containsExactly(2);
    }

    @Test
    void aLineOfTheFirstVersionIsToldToo() {
        desk.connect(new Telling(odd(OddPartner.Oddity.IDS_AS_NAMES), Desk.open("c1")));
        SegmentChange change = People.entered("u1", "a", 1);

        desk.activate(batch("1", new ActivationLine.Single(change)));

        assertThat(partner.texts()).containsExactly("u1 1 +a");
        assertThat(partner.told().getFirst().id()).isEqualTo(DeliveryId.of("c1", change));
    }

    @Test
    void whatIsLeftIsToldBeforeWhatIsEntered() {
        desk.connect(partner, "c1");
        var life = new Lives("u1");
        desk.activate(batch("1", life.in("bronze")));

        desk.activate(batch("2", life.in("gold")));

        assertThat(partner.texts()).containsExactly("u1 1 +bronze", "u1 2 -bronze", "u1 2 +gold");
        assertThat(partner.present()).containsExactly("gold a@example.com");
    }

    @Test
    void whatThePartnerDoesNotTakeComesAgainUnderItsId() {
        desk.connect(partner, "c1");
        partner.answersWith(LATER);

        Activations done = desk.activate(batch("1", new Lives("u1").in("a")));
        assertThat(done.failedAt()).isEmpty();

        partner.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofHours(1));
        desk.tellDue();

        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +a");
        assertThat(partner.told().stream().map(Delivery::id).distinct()).hasSize(1);
        assertThat(partner.present()).containsExactly("a a@example.com");
        assertThat(desk.entry("c1", "u1").due()).isEmpty();
    }

    @Test
    void retriesBackOffAndEndAfterSeventyFiveHours() {
        desk.connect(partner, "c1");
        partner.answersWith(LATER);
        desk.activate(batch("1", new Lives("u1").in("a")));

        Instant begin = desk.clock.instant();
        for (int minute = 0; minute < 80 * 60 && desk.entry("c1", "u1").due().isPresent(); minute++) {
            desk.clock.pass(Duration.ofMinutes(1));
            desk.tellDue();
        }

        assertThat(Duration.between(begin, desk.clock.instant())).isBetween(Duration.ofHours(75), Duration.ofHours(77));
        assertThat(partner.calls().size()).isBetween(60, 400);
        assertThat(desk.setAside.items()).extracting(SetAside.Item::reason).containsExactly("expired: busy");
        int calls = partner.calls().size();
        desk.clock.pass(Duration.ofHours(9));
        desk.tellDue();
        assertThat(partner.calls()).hasSize(calls);
    }

    @Test
    void whatIsRefusedIsSetAsideUnderItsIdWithoutTheAddressAndDoesNotComeAgain() {
        desk.connect(partner, "c1");
        partner.answers(deliveries -> new Answer(
                deliveries.stream()
                        .<Outcome>map(one -> one.segment().equals("b")
                                ? new Outcome.Rejected("no such audience")
                                : new Outcome.Delivered())
                        .toList(),
                Pace.UNSAID));

        desk.activate(batch("1", new Lives("u1").in("a", "b", "c")));
        desk.clock.pass(Duration.ofHours(2));
        desk.tellDue();

        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +b", "u1 1 +c");
        SetAside.Item item = desk.setAside.items().getFirst();
        assertThat(desk.setAside.items()).hasSize(1);
        assertThat(item.id()).isEqualTo(partner.told().get(1).id());
        assertThat(item.function()).isEqualTo("c1");
        assertThat(new String(item.payload(), StandardCharsets.UTF_8))
                .contains("\"segment\":\"b\"", "\"change\":\"entered\"", "\"version\":1")
                .doesNotContain("example.com");
    }

    @Test
    void whatIsRefusedAndCannotBeSetAsideComesAgain() {
        desk.connect(partner, "c1");
        partner.answersWith(new Outcome.Rejected("no"));
        desk.setAside.down(true);
        assertThat(desk.activate(batch("1", new Lives("u1").in("a"))).failedAt())
                .isEmpty();

        desk.setAside.down(false);
        desk.clock.pass(Duration.ofHours(1));
        desk.tellDue();

        assertThat(partner.calls()).hasSize(2);
        assertThat(desk.setAside.items()).hasSize(1);
    }

    @Test
    void aNewerChangeSupersedesOneThatWasNotTold() {
        Telling telling = desk.connect(partner, "c1");
        desk.tellings.set(0, new Telling(partner, Desk.paused(telling.connection())));
        var life = new Lives("u1");
        desk.activate(batch("1", life.in("a")));

        Activations done = desk.activate(batch("2", life.in()));
        desk.tellings.set(0, telling);
        desk.tellDue();

        assertThat(Desk.tally(done).of(Tally.Count.SUPERSEDED)).isEqualTo(1);
        assertThat(partner.told()).isEmpty();
    }

    @Test
    void consentIsJudgedWhenSomethingIsSentAndARemovalMayAlwaysBe() {
        desk.connect(partner, "c1");
        var life = new Lives("u1");
        desk.activate(batch("1", life.agrees(false).in("a")));
        assertThat(partner.told()).isEmpty();

        desk.activate(batch("2", life.agrees(true).in("a")));
        desk.activate(batch("3", life.agrees(false).in("a")));

        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 -a");
        assertThat(partner.present()).isEmpty();
        assertThat(partner.told().stream().map(Delivery::id).distinct()).hasSize(2);
    }

    @Test
    void aPausedConnectionKeepsWhatChanges() {
        desk.connect(new Telling(partner, Desk.paused(KeepingPartner.connection("c1"))));
        desk.activate(batch("1", new Lives("u1").in("a")));
        desk.tellDue();
        assertThat(partner.told()).isEmpty();

        desk.tellings.set(0, new Telling(partner, KeepingPartner.connection("c1")));
        desk.tellDue();
        assertThat(partner.texts()).containsExactly("u1 1 +a");
    }

    @Test
    void aParkedAudienceWaitsAndStopsNoOther() {
        desk.connect(partner, "c1");
        partner.answers(deliveries -> new Answer(
                deliveries.stream()
                        .<Outcome>map(one -> one.audience().equals("a")
                                ? new Outcome.Parked("blocked", Outcome.Parked.Scope.AUDIENCE)
                                : new Outcome.Delivered())
                        .toList(),
                Pace.UNSAID));
        desk.activate(batch("1", new Lives("u1").in("a", "b")));
        desk.activate(batch("2", new Lives("u2").in("a", "b")));
        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +b", "u2 1 +b");

        desk.clock.pass(Duration.ofHours(100));
        desk.tellDue();
        assertThat(partner.texts()).as("one finds out").hasSize(4).last().isEqualTo("u1 1 +a");

        partner.answersWith(new Outcome.Delivered());
        desk.flow.resume(Desk.id("c1"), "a");
        new Replay(desk.ledger, desk.clock)
                .ofParked(new Served.InAccount("demo", desk.tellings.getFirst()), Optional.empty(), () -> true);
        desk.tellDue();
        assertThat(partner.texts().subList(4, 6)).containsExactlyInAnyOrder("u1 1 +a", "u2 1 +a");
        assertThat(desk.setAside.items()).isEmpty();
    }

    private OddPartner odd(OddPartner.Oddity oddity) {
        return new OddPartner(partner, oddity, desk.clock);
    }
}
