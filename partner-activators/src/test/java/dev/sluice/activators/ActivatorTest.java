package dev.sluice.activators;

import static dev.sluice.activators.People.batch;
import static dev.sluice.activators.People.entered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.LineBatch;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Promises of an activator:
 *
 * <ul>
 *   <li>one person's changes are delivered in order; different people's at once, up to a bound
 *   <li>a change keeps its delivery id however often it comes
 *   <li>what the partner rejects or nobody can read is set aside and stops nobody
 *   <li>it stops at the first change to be retried and names its record; what came before is delivered
 * </ul>
 */
final class ActivatorTest {
    private static final Outcome LATER = new Outcome.RetryLater("busy");

    private final MemorySetAside setAside = new MemorySetAside();
    private final ScriptedPartner partner = new ScriptedPartner();

    @Test
    void aPersonsChangesAreDeliveredInOrder() {
        Activations done = activate(
                batch("1", entered("u1", "a", 1), entered("u1", "b", 1)),
                batch("2", entered("u1", "c", 2)),
                batch("3", entered("u1", "d", 3)));

        assertThat(done).isEqualTo(new Activations(3, 4, 0, Optional.empty(), Optional.empty()));
        assertThat(partner.took).containsExactly("u1 1 +a", "u1 1 +b", "u1 2 +c", "u1 3 +d");
    }

    @Test
    void aRetriedChangeKeepsItsDeliveryId() {
        SegmentChange change = entered("u1", "a", 1);
        partner.answer("u1 1 +a", LATER);
        assertThat(activate(batch("1", change)).failedAt()).contains("1");

        partner.answer("u1 1 +a", new Outcome.Delivered());
        assertThat(activate(batch("1", change)).failedAt()).isEmpty();

        String id = DeliveryId.of("scripted", change);
        assertThat(partner.ids).containsExactly(id, id);
    }

    @Test
    void aRejectedChangeIsSetAsideUnderItsDeliveryIdAndThePersonGoesOn() {
        SegmentChange refused = entered("u1", "b", 1);
        partner.answer("u1 1 +b", new Outcome.Rejected("the partner answered 410"));

        Activations done = activate(batch("1", entered("u1", "a", 1), refused, entered("u1", "c", 1)));

        assertThat(done).isEqualTo(new Activations(1, 2, 1, Optional.empty(), Optional.empty()));
        SetAside.Item item = setAside.items().getFirst();
        assertThat(item.id()).isEqualTo(DeliveryId.of("scripted", refused));
        assertThat(item.function()).isEqualTo("scripted");
        assertThat(item.reason()).isEqualTo("the partner answered 410");
        assertThat(SegmentChangeJson.read(item.payload())).isEqualTo(refused);
    }

    @Test
    void whatCannotBeReadIsSetAsideAndStopsNobody() {
        byte[] noChange = "{\"v\":99}".getBytes(StandardCharsets.UTF_8);
        byte[] noBatch = "no gzip".getBytes(StandardCharsets.UTF_8);
        byte[] mixed = LineBatch.encode(List.of(
                SegmentChangeJson.write(entered("u1", "a", 1)),
                noChange,
                SegmentChangeJson.write(entered("u1", "b", 1))));

        Activations done = activate(
                new ActivationBatch("1", People.AT, noBatch),
                new ActivationBatch("2", People.AT, mixed),
                batch("3", entered("u2", "a", 1)));

        assertThat(done).isEqualTo(new Activations(3, 3, 2, Optional.empty(), Optional.empty()));
        assertThat(setAside.items()).extracting(SetAside.Item::id).containsExactly("1", "2-1");
        assertThat(setAside.items()).extracting(SetAside.Item::payload).containsExactly(noBatch, noChange);
    }

    @Test
    void itStopsAtTheFirstChangeToBeRetried() {
        partner.answer("u1 2 +b", LATER);

        Activations done = activate(
                batch("1", entered("u1", "a", 1)),
                batch("2", entered("u1", "b", 2)),
                batch("3", entered("u1", "c", 3)));

        assertThat(done.failedAt()).contains("2");
        assertThat(done.reason()).contains(new Outcome.RetryLater("busy"));
        assertThat(partner.took).containsExactly("u1 1 +a");
    }

    @Test
    void ofSeveralFailuresTheLowestIsNamedAndAllBeforeItIsDelivered() {
        partner.answer("u1 1 +a", LATER);
        partner.answer("u2 1 +a", LATER);

        for (int round = 0; round < 50; round++) {
            partner.took.clear();
            Activations done = activate(
                    batch("1", entered("u3", "a", 1)),
                    batch("2", entered("u4", "a", 1)),
                    batch("3", entered("u2", "a", 1)),
                    batch("4", entered("u1", "a", 1)));

            assertThat(done.failedAt()).contains("3");
            assertThat(partner.took).containsExactlyInAnyOrder("u3 1 +a", "u4 1 +a");
        }
    }

    @Test
    void aRejectionThatCannotBeSetAsideIsAFailure() {
        partner.answer("u1 1 +a", new Outcome.Rejected("no"));
        setAside.down(true);

        Activations done = activate(batch("1", entered("u1", "a", 1)), batch("2", entered("u1", "b", 2)));

        assertThat(done.failedAt()).contains("1");
        assertThat(partner.took).isEmpty();
    }

    @Test
    void poisonThatCannotBeSetAsideIsAFailureAndWhatCameBeforeIsDelivered() {
        setAside.down(true);

        Activations done = activate(
                batch("1", entered("u1", "a", 1)),
                new ActivationBatch("2", People.AT, new byte[] {1}),
                batch("3", entered("u1", "b", 2)));

        assertThat(done.failedAt()).contains("2");
        assertThat(partner.took).containsExactly("u1 1 +a");
    }

    @Test
    void differentPeopleAreServedAtOnceUpToTheBound() {
        var both = new CountDownLatch(2);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        SinglePartner meeting = partner((id, change) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            boolean met = await(both);
            now.decrementAndGet();
            return met ? new Outcome.Delivered() : LATER;
        });

        Activations done = new Activator(meeting, setAside, 2)
                .activate(
                        List.of(batch(
                                "1",
                                entered("u1", "a", 1),
                                entered("u2", "a", 1),
                                entered("u3", "a", 1),
                                entered("u4", "a", 1))),
                        () -> true);

        assertThat(done.delivered()).isEqualTo(4);
        assertThat(most).hasValue(2);
    }

    @Test
    void withoutTimeNothingIsDelivered() {
        Activations done = new Activator(partner, setAside, 4)
                .activate(List.of(batch("1", entered("u1", "a", 1)), batch("2", entered("u2", "a", 1))), () -> false);

        assertThat(done.failedAt()).contains("1");
        assertThat(partner.took).isEmpty();
    }

    @Test
    void aFaultOfThePartnersAdapterReachesTheEdge() {
        SinglePartner broken = partner((id, change) -> {
            throw new IllegalArgumentException("broken");
        });

        assertThatThrownBy(() -> new Activator(broken, setAside, 4)
                        .activate(List.of(batch("1", entered("u1", "a", 1), entered("u2", "a", 1))), () -> true))
                .hasRootCauseMessage("broken");
    }

    private Activations activate(ActivationBatch... batches) {
        return new Activator(partner, setAside, 4).activate(List.of(batches), () -> true);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SinglePartner partner(BiFunction<String, SegmentChange, Outcome> deliver) {
        return new SinglePartner() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public Outcome deliver(String deliveryId, SegmentChange change) {
                return deliver.apply(deliveryId, change);
            }
        };
    }

    /** Takes everything unless told otherwise. */
    private static final class ScriptedPartner implements SinglePartner {
        private final List<String> took = Collections.synchronizedList(new ArrayList<>());
        private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Outcome> answers = new HashMap<>();

        void answer(String change, Outcome outcome) {
            answers.put(change, outcome);
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Outcome deliver(String deliveryId, SegmentChange change) {
            ids.add(deliveryId);
            Outcome outcome = answers.getOrDefault(People.text(change), new Outcome.Delivered());
            if (outcome instanceof Outcome.Delivered) {
                took.add(People.text(change));
            }
            return outcome;
        }
    }
}
