package dev.sluice.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.servers.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: without a fault an invocation is one invocation; each kind of fault does what it says, once, and no batch is
 * ever told to be done that is not: one that is held back is tried until it is wholly processed, and shuffled records of
 * which some failed come again as a whole; what is under way aside is known; a dispatcher dies only in the middle of an
 * invocation; the calm takes back what was to come.
 */
class ChaoticFunctionTest {
    private static final InvocationResult DONE =
            new InvocationResult.Success("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8));
    private static final InvocationResult PARTLY = new InvocationResult.Success(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}".getBytes(StandardCharsets.UTF_8));

    private final FaultCounts counts = new FaultCounts();
    private final List<String> invoked = Collections.synchronizedList(new ArrayList<>());
    private final Queue<InvocationResult> results = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean killed = new AtomicBoolean();
    private Invocable behind = event -> DONE;
    private final ChaoticFunction function = new ChaoticFunction(this::invoked, this::kill, counts::happened, 1);

    private InvocationResult invoked(byte[] event) {
        invoked.add(new String(event, StandardCharsets.UTF_8));
        InvocationResult planned = results.poll();
        return planned == null ? behind.invoke(event) : planned;
    }

    private int kill() {
        killed.set(true);
        return 1;
    }

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void withoutAFaultAnInvocationIsOne() {
        assertThat(invoke("a")).isEqualTo(DONE);

        assertThat(invoked).containsExactly("a");
        assertThat(counts.total()).isZero();
    }

    @Test
    void aRepeatedBatchComesTwiceAndTheSecondAnswerCounts() {
        results.addAll(List.of(PARTLY, DONE));
        function.arm(FaultsOf.kind(FaultKind.BATCH_REPEATED));

        assertThat(invoke("a")).isEqualTo(DONE);
        assertThat(invoke("b")).isEqualTo(DONE);

        assertThat(invoked).containsExactly("a", "a", "b");
        assertThat(counts.of(FaultKind.BATCH_REPEATED)).isEqualTo(1);
    }

    @Test
    void anOverlappedBatchComesTwiceAtOnce() {
        var both = new CountDownLatch(2);
        behind = event -> {
            both.countDown();
            return await(both) ? DONE : PARTLY;
        };
        function.arm(FaultsOf.kind(FaultKind.BATCH_OVERLAPPED));

        assertThat(invoke("a")).isEqualTo(DONE);

        assertThat(invoked).containsExactly("a", "a");
        Eventually.until("rest", function::atRest);
    }

    @Test
    void aDisownedBatchIsProcessedAndSaidToHaveFailed() {
        function.arm(FaultsOf.kind(FaultKind.BATCH_DISOWNED));

        assertThat(invoke("a")).isInstanceOf(InvocationResult.Crash.class);

        assertThat(invoked).containsExactly("a");
    }

    @Test
    void aDelayedBatchIsProcessedAfterItsTime() {
        function.arm(FaultsOf.lasting(FaultKind.BATCH_DELAYED, 50));
        long begun = System.nanoTime();

        assertThat(invoke("a")).isEqualTo(DONE);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void aBatchThatIsHeldBackIsOvertakenAndTriedUntilItIsWhollyProcessed() {
        var answers = new ArrayDeque<>(List.of(PARTLY, new InvocationResult.Crash("down"), DONE));
        behind = event -> new String(event, StandardCharsets.UTF_8).equals("a") ? answers.remove() : DONE;
        function.arm(FaultsOf.lasting(FaultKind.BATCH_HELD_BACK, 1_000));

        assertThat(RecordOrder.isWholly(invoke("a"))).isTrue();
        assertThat(function.atRest()).isFalse();
        assertThat(invoke("b")).isEqualTo(DONE);

        Eventually.until("rest", function::atRest);
        assertThat(invoked).containsExactly("b", "a", "a", "a");
    }

    @Test
    void aReplayedBatchIsOneOfBefore() {
        assertThat(invoke("a")).isEqualTo(DONE);
        function.arm(FaultsOf.kind(FaultKind.BATCH_REPLAYED));

        assertThat(invoke("b")).isEqualTo(DONE);

        Eventually.until("rest", function::atRest);
        assertThat(invoked).startsWith("a").containsExactlyInAnyOrder("a", "b", "a");
        assertThat(counts.of(FaultKind.BATCH_REPLAYED)).isEqualTo(1);
    }

    @Test
    void shuffledRecordsAreTheSameInAnotherOrder() {
        String event = event(8);
        function.arm(FaultsOf.kind(FaultKind.BATCH_SHUFFLED));

        assertThat(invoke(event)).isEqualTo(DONE);

        assertThat(invoked.getFirst()).isNotEqualTo(event).hasSameSizeAs(event);
        assertThat(records(invoked.getFirst())).containsExactlyInAnyOrderElementsOf(records(event));
    }

    @Test
    void shuffledRecordsOfWhichSomeFailedComeAgainAsAWhole() {
        results.add(PARTLY);
        function.arm(FaultsOf.kind(FaultKind.BATCH_SHUFFLED));

        assertThat(invoke(event(3))).isInstanceOf(InvocationResult.Crash.class);
    }

    @Test
    void whatCannotBeShuffledLeavesTheFaultForTheNext() {
        function.arm(FaultsOf.kind(FaultKind.BATCH_SHUFFLED));

        assertThat(invoke(event(1))).isEqualTo(DONE);
        assertThat(counts.total()).isZero();
        assertThat(invoke(event(2))).isEqualTo(DONE);

        assertThat(counts.of(FaultKind.BATCH_SHUFFLED)).isEqualTo(1);
    }

    @Test
    void aDispatcherDiesInTheMiddleOfAnInvocation() {
        behind = event -> {
            Eventually.until("the kill", killed::get);
            return new InvocationResult.Crash("died");
        };
        function.arm(FaultsOf.lasting(FaultKind.DISPATCHER_KILLED, 20));

        assertThat(invoke("a")).isEqualTo(new InvocationResult.Crash("died"));

        Eventually.until("the count", () -> counts.of(FaultKind.DISPATCHER_KILLED) == 1);
    }

    @Test
    void theCalmTakesBackWhatWasToCome() {
        for (FaultKind kind : List.of(FaultKind.BATCH_REPEATED, FaultKind.BATCH_DISOWNED)) {
            function.arm(FaultsOf.kind(kind));
        }
        function.calm();

        assertThat(invoke("a")).isEqualTo(DONE);

        assertThat(invoked).containsExactly("a");
        assertThat(counts.total()).isZero();
    }

    private InvocationResult invoke(String event) {
        return function.invoke(event.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String event(int records) {
        return IntStream.range(0, records)
                .mapToObj("{\"n\":%d}"::formatted)
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    private static List<String> records(String event) {
        return List.of(
                event.substring("{\"Records\":[".length(), event.length() - 2).split(",", -1));
    }
}
