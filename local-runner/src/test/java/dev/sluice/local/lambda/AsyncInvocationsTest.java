package dev.sluice.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises of asynchronous invocations, as Lambda keeps them:
 *
 * <ul>
 *   <li>one that fails is tried twice more and then kept, payload and all, in the form and under the name of Lambda's
 *   <li>the others do not wait for it
 *   <li>a failure destination that is down is asked again until it has it
 * </ul>
 */
final class AsyncInvocationsTest {
    private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:sluice-UserData";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final List<Duration> SOON = List.of(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final InvocationResult DONE = new InvocationResult.Success(bytes("{}"));
    private static final InvocationResult FAILED =
            new InvocationResult.FunctionError("E", "m", bytes("{\"errorMessage\":\"m\"}"));

    private final List<FailedInvocation> kept = new CopyOnWriteArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void oneThatFailsIsTriedTwiceMoreAndThenKeptAsLambdaDoes() throws InterruptedException {
        try (var lambda = lambda(event -> failing(3), SOON)) {
            lambda.invoke(bytes("{\"a\":1}"));
            Eventually.until("all is done", () -> lambda.counters().givenUp() == 1);

            assertThat(lambda.counters()).isEqualTo(new AsyncInvocations.Counters(1, 0, 2, 1));
        }
        assertThat(tries).hasValue(3);
        assertThat(kept).singleElement().satisfies(failed -> {
            assertThat(failed.key()).startsWith("aws/lambda/async/sluice-UserData/2026/11/21/2026-11-21T10.00.00-");
            Value.Fields json = JsonText.readObject(failed.json());
            assertThat(json.inner("requestPayload").whole("a")).isOne();
            assertThat(json.inner("requestContext").text("condition")).isEqualTo("RetriesExhausted");
            assertThat(json.inner("requestContext").whole("approximateInvokeCount"))
                    .isEqualTo(3);
            assertThat(json.inner("responsePayload").text("errorMessage")).isEqualTo("m");
        });
    }

    @Test
    void oneThatSucceedsAtItsThirdTryIsDone() throws InterruptedException {
        try (var lambda = lambda(event -> failing(2), SOON)) {
            lambda.invoke(bytes("{}"));
            Eventually.until("all is done", () -> lambda.counters().done() == 1);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void theOthersDoNotWaitForOneThatWaits() throws InterruptedException {
        Invocable function = event -> new String(event, StandardCharsets.UTF_8).equals("\"bad\"") ? FAILED : DONE;
        try (var lambda = lambda(function, List.of(Duration.ofHours(1)))) {
            lambda.invoke(bytes("\"bad\""));
            for (int i = 0; i < 100; i++) {
                lambda.invoke(bytes("\"good\""));
            }
            Eventually.until("all is done", () -> lambda.counters().done() == 100);
        }
        assertThat(kept)
                .as("what was under way at the end is neither done nor given up")
                .isEmpty();
    }

    @Test
    void aFailureDestinationThatIsDownIsAskedAgain() throws InterruptedException {
        var asked = new AtomicInteger();
        var target = new AsyncInvocations.Target(event -> FAILED, ARN, failed -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("down");
            }
            kept.add(failed);
        });
        try (var lambda = new AsyncInvocations(target, List.of(), CLOCK)) {
            lambda.invoke(bytes("{}"));
            Eventually.until("all is done", () -> lambda.counters().givenUp() == 1);
        }
        assertThat(kept).hasSize(1);
    }

    private AsyncInvocations lambda(Invocable function, List<Duration> pauses) {
        return new AsyncInvocations(new AsyncInvocations.Target(function, ARN, kept::add), pauses, CLOCK);
    }

    private InvocationResult failing(int times) {
        return tries.incrementAndGet() <= times ? FAILED : DONE;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
