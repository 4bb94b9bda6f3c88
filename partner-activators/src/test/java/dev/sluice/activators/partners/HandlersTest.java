package dev.sluice.activators.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.People;
import dev.sluice.activators.Places;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Removals;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.memory.MemoryFlow;
import dev.sluice.activators.memory.MemoryLedger;
import dev.sluice.activators.memory.MemorySetAside;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises of the functions as deployed, with Lambda's own JSON:
 *
 * <ul>
 *   <li>a stream's event is taken into the ledger, poison goes aside, an unwilling partner is no failure
 *   <li>the schedule tells what is due and says what waits
 *   <li>without the ledger the first record comes again
 *   <li>they do not start without what they must be told
 * </ul>
 */
final class HandlersTest {
    private final HandClock clock = new HandClock(People.AT.plusSeconds(1));
    private final MemoryLedger ledger = new MemoryLedger();
    private final MemorySetAside setAside = new MemorySetAside();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);
    private final AtomicInteger tokens = new AtomicInteger();
    private final Telling telling = new Telling(partner, KeepingPartner.connection("c1"));
    private final Activation activation = new Activation(
            new Served() {
                @Override
                public List<Telling> of(String account) {
                    return List.of(telling);
                }

                @Override
                public List<InAccount> all() {
                    return List.of(new InAccount("demo", telling));
                }
            },
            Removals.NONE,
            ledger,
            new MemoryFlow(clock),
            new Places(256),
            setAside,
            clock,
            new Activation.Chance(() -> "token-" + tokens.incrementAndGet(), new Random(1), clock::pass));
    private final KinesisEvent event = LambdaJson.event("/events/kinesis.json", KinesisEvent.class);

    @Test
    void aStreamsEventIsTakenIntoTheLedgerAndPoisonGoesAside() {
        var call = new LambdaCall(60_000);

        assertThat(handle(call)).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(ledger.entries()).isNotEmpty();
        assertThat(setAside.items()).hasSize(1);
        assertThat(call.log())
                .contains("\"function\":\"keeping\"", "\"setAside\":1")
                .doesNotContain("u1");
    }

    @Test
    void withoutTheLedgerTheFirstRecordComesAgain() {
        ledger.down(true);
        assertThat(handle(new LambdaCall(60_000))).contains("itemIdentifier");
    }

    @Test
    void theScheduleTellsWhatIsDueAndSaysWhatWaits() {
        partner.answersWith(new Outcome.RetryLater("busy"));
        assertThat(handle(new LambdaCall(60_000))).isEqualTo("{\"batchItemFailures\":[]}");
        clock.pass(Duration.ofHours(1));
        var call = new LambdaCall(60_000);

        Map<String, Long> done = new RetryHandler("keeping", activation).handleRequest(Map.of("work", "due"), call);

        assertThat(done).containsKey("delivered");
        assertThatThrownBy(() -> new RetryHandler("keeping", activation).handleRequest(Map.of(), call))
                .hasMessage("work must be due");
    }

    @Test
    void theyDoNotStartWithoutWhatTheyMustBeTold() {
        assertThatThrownBy(() -> ActivatorConfig.of(new Environment(Map.of())))
                .hasMessage("SLUICE_LEDGER_TABLE is not set");
        assertThatThrownBy(() -> ActivatorConfig.of(
                        new Environment(Map.of("SLUICE_LEDGER_TABLE", "t", "SLUICE_LAKE_BUCKET", "b"))))
                .hasMessage("SLUICE_RULE_SETS_BUCKET is not set");
    }

    private String handle(LambdaCall call) {
        return LambdaJson.text(
                new ActivatorHandler("keeping", activation).handleRequest(event, call), StreamsEventResponse.class);
    }
}
