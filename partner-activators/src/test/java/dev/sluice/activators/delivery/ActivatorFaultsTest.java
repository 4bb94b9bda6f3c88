package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.People;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.LineBatch;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises of an activator when things go wrong:
 *
 * <ul>
 *   <li>an adapter that fails, or answers for too few, is a retry
 *   <li>what nobody can read, and what a partner stumbles over, is set aside and stops nobody
 *   <li>a ledger that does not answer, and poison that cannot be set aside, make records come again, and nothing else does
 *   <li>however many are refused at once, they are set aside and settled before the time is over, or tried again
 *   <li>of whom a partner surely never heard it is told nothing more; who it may have heard of at last is taken back
 *   <li>without time nothing is sent and nothing is lost
 * </ul>
 */
final class ActivatorFaultsTest {
    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);

    @Test
    void anAdapterThatFailsIsARetryAndSaysNothingOfThePerson() {
        desk.connect(partner, "c1");
        partner.answers(deliveries -> {
            throw new IllegalArgumentException("a@example.com");
        });

        Activations done = desk.activate(batch("1", new Lives("u1").in("a")));

        assertThat(done.failedAt()).isEmpty();
        assertThat(Objects.requireNonNull(desk.entry("c1", "u1").lines().get("a"))
                        .last()
                        .orElseThrow()
                        .reason())
                .isEqualTo("the adapter failed with IllegalArgumentException");
    }

    @Test
    void anAdapterThatAnswersForTooFewIsARetry() {
        desk.connect(odd(OddPartner.Oddity.SHORT_ANSWERS), "c1");

        assertThat(desk.activate(batch("1", new Lives("u1").in("a"))).failedAt())
                .isEmpty();
        assertThat(desk.entry("c1", "u1").due()).isPresent();
    }

    @Test
    void whatNobodyCanReadIsSetAsideAndStopsNobody() {
        desk.connect(partner, "c1");
        byte[] noLine = "{\"v\":99}".getBytes(StandardCharsets.UTF_8);
        byte[] noBatch = "no gzip".getBytes(StandardCharsets.UTF_8);
        byte[] mixed = LineBatch.encode(List.of(
                ProfileChangeJson.write(new Lives("u1").in("a")),
                noLine,
                ProfileChangeJson.write(new Lives("u2").in("a"))));

        Activations done = desk.activate(
                new ActivationBatch("1", People.AT, noBatch),
                new ActivationBatch("2", People.AT, mixed),
                batch("3", new Lives("u3").in("a")));

        assertThat(done.failedAt()).isEmpty();
        assertThat(done.setAside()).isEqualTo(2);
        assertThat(desk.setAside.items()).extracting(SetAside.Item::id).containsExactly("1", "2-1");
        assertThat(desk.setAside.items()).extracting(SetAside.Item::payload).containsExactly(noBatch, noLine);
        assertThat(partner.told()).hasSize(3);
    }

    @Test
    void poisonThatCannotBeSetAsideIsAFailureAndWhatCameBeforeIsTold() {
        desk.connect(partner, "c1");
        desk.setAside.down(true);

        Activations done = desk.activate(
                batch("1", new Lives("u1").in("a")),
                new ActivationBatch("2", People.AT, new byte[] {1}),
                batch("3", new Lives("u2").in("a")));

        assertThat(done.failedAt()).contains("2");
        assertThat(partner.texts()).containsExactly("u1 1 +a");
    }

    @Test
    void aChangeThatThePartnerStumblesOverIsSetAsideAndStopsNobody() {
        desk.connect(odd(OddPartner.Oddity.STUMBLES), "c1");

        Activations done = desk.activate(
                batch("1", new Lives("u1").email(Optional.of("poison")).in("a"), new Lives("u2").in("a")));

        assertThat(done.failedAt()).isEmpty();
        assertThat(done.setAside()).isEqualTo(1);
        assertThat(partner.texts()).containsExactly("u2 1 +a");
        assertThat(desk.setAside.items().getFirst().reason())
                .contains("IllegalStateException")
                .doesNotContain("poison");
    }

    @Test
    void aLedgerThatDoesNotAnswerMakesRecordsComeAgain() {
        desk.connect(partner, "c1");
        desk.ledger.down(true);

        Activations done = desk.activate(batch("1", new Lives("u1").in("a")), batch("2", new Lives("u2").in("a")));

        assertThat(done.failedAt()).contains("1");
        assertThat(partner.told()).isEmpty();
        assertThatThrownBy(desk::tellDue).isInstanceOf(UnreachableException.class);
    }

    @Test
    void howeverManyAreRefusedTheyAreSetAsideTogether() {
        desk.connect(partner, "c1");
        partner.answersWith(new Outcome.Rejected("no"));

        Activations done = desk.activate(batch("1", crowd(1100)));
        desk.tellDue();

        assertThat(done.failedAt()).isEmpty();
        assertThat(desk.setAside.items()).hasSize(1100);
        assertThat(desk.setAside.asked()).isLessThan(110);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    @Test
    void aPlaceForThingsSetAsideThatDoesNotAnswerIsAskedOnceAndWhatWasRefusedComesAgain() {
        desk.connect(partner, "c1");
        partner.answersWith(new Outcome.Rejected("no"));
        desk.setAside.down(true);
        desk.setAside.whenAsked(() -> desk.clock.pass(Duration.ofSeconds(5)));

        desk.activate(batch("1", crowd(40)));

        assertThat(partner.told()).hasSize(40);
        assertThat(desk.setAside.asked()).isEqualTo(1);
        assertAllComeAgain(40);

        desk.setAside.down(false);
        desk.setAside.whenAsked(() -> {});
        desk.clock.pass(Duration.ofMinutes(1));
        desk.tellDue();
        assertThat(desk.setAside.items()).hasSize(40);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    @Test
    void whenTheTimeIsShortWhatWasRefusedIsSettledWithoutAskingToSetItAside() {
        desk.connect(partner, "c1");
        partner.answers(deliveries -> {
            desk.clock.pass(Duration.ofSeconds(53));
            return Answer.all(deliveries.size(), new Outcome.Rejected("no"), Pace.UNSAID);
        });

        desk.activate(Duration.ofMinutes(1), batch("1", crowd(10)));

        assertThat(desk.setAside.asked()).isZero();
        assertAllComeAgain(10);
    }

    private void assertAllComeAgain(int people) {
        assertThat(desk.ledger.entries()).hasSize(people).allSatisfy(entry -> {
            assertThat(entry.lease()).isEmpty();
            assertThat(entry.due()).isPresent();
            assertThat(Objects.requireNonNull(entry.lines().get("a"))
                            .last()
                            .orElseThrow()
                            .reason())
                    .isEqualTo("could not be set aside: no");
        });
    }

    private static ProfileChange[] crowd(int people) {
        return IntStream.range(0, people)
                .mapToObj(i -> new Lives("u" + i).in("a"))
                .toArray(ProfileChange[]::new);
    }

    @Test
    void ofWhomAPartnerNeverHeardItIsNotToldThatTheyLeft() {
        desk.connect(partner, "c1");
        partner.answersWith(Outcome.RetryLater.notTaken("no connection"));
        var leaves = new Lives("u1");
        var withdraws = new Lives("u2");
        desk.activate(batch("1", leaves.in("a"), withdraws.in("a")));
        desk.clock.pass(Duration.ofMinutes(1));
        desk.tellDue();
        int before = partner.told().size();
        partner.answersWith(new Outcome.Delivered());

        desk.activate(batch("2", leaves.in(), withdraws.agrees(false).in("a")));
        desk.tellDue();

        assertThat(before).isEqualTo(4);
        assertThat(partner.told()).hasSize(before);
        assertThat(desk.entry("c1", "u1").lines()).isEmpty();
    }

    @Test
    void whatWasNotTakenComesAgainUnderItsId() {
        desk.connect(partner, "c1");
        partner.answersWith(Outcome.RetryLater.notTaken("no connection"));
        desk.activate(batch("1", new Lives("u1").in("a")));
        partner.answersWith(new Outcome.Delivered());
        desk.clock.pass(Duration.ofMinutes(1));

        desk.tellDue();

        assertThat(partner.present()).containsExactly("a a@example.com");
        assertThat(partner.told())
                .hasSize(2)
                .extracting(Delivery::id)
                .containsOnly(partner.told().getFirst().id());
    }

    @Test
    void whatMayHaveArrivedAtLastIsTakenBackThoughItIsGivenUp() {
        desk.connect(partner, "c1");
        partner.answersWith(Outcome.RetryLater.notTaken("no connection"));
        var life = new Lives("u1");
        desk.activate(batch("1", life.in("a")));
        desk.clock.pass(Duration.ofHours(76));
        partner.answers(deliveries -> {
            deliveries.forEach(partner::take);
            return Answer.all(deliveries.size(), new Outcome.RetryLater("no answer"), Pace.UNSAID);
        });
        desk.tellDue();
        assertThat(partner.present()).containsExactly("a a@example.com");
        assertThat(desk.setAside.items()).extracting(SetAside.Item::reason).containsExactly("expired: no answer");
        partner.answersWith(new Outcome.Delivered());

        desk.activate(batch("2", life.in()));
        desk.tellDue();

        assertThat(partner.present()).isEmpty();
    }

    @Test
    void withoutTimeNothingIsSentAndNothingIsLost() {
        desk.connect(partner, "c1");

        Activations done = desk.activate(Duration.ofSeconds(5), batch("1", new Lives("u1").in("a")));
        assertThat(done.failedAt()).isEmpty();
        assertThat(Desk.tally(done).of(Tally.Count.LEFT_DUE)).isEqualTo(1);
        assertThat(partner.told()).isEmpty();

        desk.tellDue();
        assertThat(partner.texts()).containsExactly("u1 1 +a");
    }

    private OddPartner odd(OddPartner.Oddity oddity) {
        return new OddPartner(partner, oddity, desk.clock);
    }
}
