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
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.LineBatch;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises of an activator and of the retries:
 *
 * <ul>
 *   <li>a change is told at once, what the partner does not take comes again under the same id, one person's in order
 *   <li>the stream never waits for a partner: one that is slow, ill, parked or paused leaves entries that are due
 *   <li>what is refused or too old is set aside and never comes again by itself
 *   <li>what nobody can read is set aside and stops nobody
 *   <li>a ledger that does not answer, and poison that cannot be set aside, make records come again, and nothing else does
 *   <li>calls keep to the partner's batch, its bound at once and its rate; an ill connection does not disturb another
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
        assertThat(tally(done).of(Tally.Count.DELIVERED)).isEqualTo(2);
        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +b");
        assertThat(partner.calls()).containsExactly(2);
    }

    @Test
    void aLineOfTheFirstVersionIsToldToo() {
        desk.connect(new Telling(odd(OddPartner.Oddity.IDS_AS_NAMES), open("c1")));
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
                        .map(one -> one.segment().equals("b") ? new Outcome.Rejected("no such audience") : delivered())
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

        assertThat(tally(done).of(Tally.Count.SUPERSEDED)).isEqualTo(1);
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
                        .map(one -> one.audience().equals("a")
                                ? new Outcome.Parked("blocked", Outcome.Parked.Scope.AUDIENCE)
                                : delivered())
                        .toList(),
                Pace.UNSAID));
        desk.activate(batch("1", new Lives("u1").in("a", "b")));
        desk.activate(batch("2", new Lives("u2").in("a", "b")));
        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +b", "u2 1 +b");

        partner.answersWith(delivered());
        desk.clock.pass(Duration.ofHours(100));
        desk.tellDue();
        assertThat(partner.texts()).hasSize(3);

        desk.flow.resume(Desk.id("c1"), "a");
        desk.clock.pass(Duration.ofHours(25));
        desk.tellDue();
        assertThat(partner.texts().subList(3, 5)).containsExactlyInAnyOrder("u1 1 +a", "u2 1 +a");
        assertThat(desk.setAside.items()).isEmpty();
    }

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
    void withoutTimeNothingIsSentAndNothingIsLost() {
        desk.connect(partner, "c1");

        Activations done = desk.activate(Duration.ofSeconds(5), batch("1", new Lives("u1").in("a")));
        assertThat(done.failedAt()).isEmpty();
        assertThat(tally(done).of(Tally.Count.LEFT_DUE)).isEqualTo(1);
        assertThat(partner.told()).isEmpty();

        desk.tellDue();
        assertThat(partner.texts()).containsExactly("u1 1 +a");
    }

    @Test
    void callsHoldAsManyAsThePartnerTakes() {
        desk.connect(partner, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(partner.calls()).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(partner.present()).containsExactly("a a@example.com");
    }

    @Test
    void callsKeepToTheBoundAtOnce() {
        var both = new CountDownLatch(4);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var single = new KeepingPartner(true, true, 1);
        List<String> met = Collections.synchronizedList(new ArrayList<>());
        single.answers(deliveries -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            if (await(both)) {
                met.add(deliveries.getFirst().id());
            }
            now.decrementAndGet();
            return Answer.all(1, delivered(), Pace.UNSAID);
        });
        desk.connect(single, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(met).hasSize(12);
        assertThat(most).hasValue(4);
    }

    @Test
    void theRateIsKeptAndTheRestIsToldByTheRetries() {
        OddPartner slow = odd(OddPartner.Oddity.SLOW);
        desk.connect(slow, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }
        Instant begin = desk.clock.instant();
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        assertThat(slow.times().size()).isLessThan(30);
        assertThat(desk.clock.instant()).isBeforeOrEqualTo(begin.plusSeconds(1));

        for (int i = 0; i < 40 && slow.times().size() < 200; i++) {
            desk.tellDue();
            desk.clock.pass(Duration.ofMillis(100));
        }

        assertThat(slow.times()).hasSize(200);
        double seconds = Duration.between(begin, slow.times().getLast()).toMillis() / 1000.0;
        assertThat(200 / seconds).isBetween(9.0, 10.5);
    }

    @Test
    void anIllConnectionDoesNotDisturbAnother() {
        var ill = new KeepingPartner(true, true, 1);
        ill.answersWith(LATER);
        desk.connect(ill, "ill");
        desk.connect(partner, "well");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(new Lives("u" + i).in("a"));
        }

        Activations done = desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));

        assertThat(done.failedAt()).isEmpty();
        assertThat(partner.told()).hasSize(100);
        // The breaker opened.
        assertThat(ill.told().size()).isLessThan(20);
    }

    @Test
    void twoWhoTellAtOnceTellEachPersonOnce() {
        desk.connect(partner, "c1");
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(new Lives("u" + i).in("a", "b"));
        }
        ActivationBatch batch = batch("1", lines.toArray(ActivationLine[]::new));
        List<Thread> functions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            functions.add(Thread.startVirtualThread(() -> {
                desk.activate(batch);
                desk.tellDue();
            }));
        }
        functions.forEach(ActivatorTest::join);

        assertThat(partner.told()).hasSize(120);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    @Test
    void lanesOfOneConnectionTellEachPersonOnceWithinOneBoundAtOnce() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var met = new CountDownLatch(4);
        var single = new KeepingPartner(true, true, 1);
        single.answers(deliveries -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            met.countDown();
            boolean allCame = await(met);
            now.decrementAndGet();
            return Answer.all(1, allCame ? delivered() : LATER, Pace.UNSAID);
        });
        Telling telling = desk.connect(single, "c1");
        desk.tellings.set(0, new Telling(single, Desk.paused(telling.connection())));
        List<ActivationLine> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(new Lives("u" + i).in("a", "b"));
        }
        desk.activate(batch("1", lines.toArray(ActivationLine[]::new)));
        desk.tellings.set(0, telling);

        Tally told = Objects.requireNonNull(desk.tellDue(Retries.LANES).get(Desk.id("c1")));

        assertThat(most).hasValue(4);
        assertThat(told.of(Tally.Count.DELIVERED)).isEqualTo(120);
        assertThat(single.told().stream().map(Delivery::id).distinct()).hasSize(120);
        assertThat(single.told()).hasSize(120);
        assertThat(desk.ledger.entries()).allMatch(entry -> entry.due().isEmpty());
    }

    private static Tally tally(Activations done) {
        return Objects.requireNonNull(done.tallies().get(Desk.id("c1")));
    }

    private OddPartner odd(OddPartner.Oddity oddity) {
        return new OddPartner(partner, oddity, desk.clock);
    }

    private static Outcome delivered() {
        return new Outcome.Delivered();
    }

    private static Connection open(String name) {
        var other = KeepingPartner.connection(name);
        return new Connection(
                name, other.partner(), other.audiences(), Consent.NONE, other.secret(), false, other.settings());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
