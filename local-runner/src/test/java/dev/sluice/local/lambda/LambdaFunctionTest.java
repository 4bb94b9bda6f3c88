package dev.sluice.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.lambda.InvocationResult.Crash;
import dev.sluice.local.lambda.InvocationResult.FunctionError;
import dev.sluice.local.lambda.InvocationResult.Success;
import dev.sluice.local.lambda.InvocationResult.Timeout;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.ServerFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A function promises:
 * the real handler answers, warm; it sees Lambda's context and its own variables; an error that it throws, a process
 * that dies or is killed, and a timeout are told apart, and none of them stops the next invocation; a process that
 * cannot start fails the start; concurrency is as many processes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LambdaFunctionTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private static Path folder = Path.of("");

    private final LambdaFunction function;

    LambdaFunctionTest() {
        function = LambdaFunction.start(settings().withConcurrency(2), Path.of("target", "lambda-test"));
    }

    @AfterAll
    void end() {
        function.close();
    }

    @Test
    void theHandlerAnswersWarm() {
        for (int i = 0; i < 100; i++) {
            assertThat(answer("{\"n\":" + i + "}")).isEqualTo("{\"n\":" + i + "}");
        }
    }

    @Test
    void theHandlerSeesLambdasContextAndItsOwnVariables() {
        assertThat(answer("\"context\""))
                .isEqualTo("\"tester $LATEST arn:aws:lambda:us-east-1:000000000000:function:tester hello\"");
    }

    @Test
    void anErrorThatIsThrownHasATypeAndAMessageAndTheProcessLives() {
        Set<Long> before = Set.copyOf(function.pids());

        assertThat(invoke("\"throw\"")).isInstanceOfSatisfying(FunctionError.class, error -> {
            assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(error.message()).isEqualTo("told to throw");
        });

        assertThat(before).contains(Long.valueOf(answer("\"pid\"")));
    }

    @Test
    void aProcessThatDiesIsACrashAndIsReplaced() {
        assertThat(invoke("\"die\""))
                .isInstanceOfSatisfying(
                        Crash.class, crash -> assertThat(crash.reason()).contains("died with status 9"));

        assertThat(IntStream.range(0, 4).mapToObj(i -> answer("1"))).containsOnly("1");
    }

    @Test
    void aProcessKilledWhileIdleIsReplacedWithoutAnyoneNoticing() {
        for (long pid : function.pids()) {
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        }

        assertThat(answer("2")).isEqualTo("2");
    }

    @Test
    void aKillMeetsTheProcessInTheMiddleOfAnInvocationAndNoOther() throws Exception {
        assertThat(answer("4")).isEqualTo("4");
        assertThat(function.killBusy()).isZero();
        Set<Long> before = Set.copyOf(function.pids());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationResult> hanging = threads.submit(() -> invoke("\"hang\""));
            Eventually.until("an invocation under way", () -> function.killBusy() == 1);

            assertThat(hanging.get()).isInstanceOf(Crash.class);
        }
        assertThat(IntStream.range(0, 4).mapToObj(i -> answer("5"))).containsOnly("5");
        assertThat(function.pids()).filteredOn(before::contains).hasSize(1);
    }

    @Test
    void aResponseOverTheLimitIsAFunctionError() {
        assertThat(invoke("\"large\""))
                .isInstanceOfSatisfying(
                        FunctionError.class,
                        error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
        assertThat(answer("3")).isEqualTo("3");
    }

    @Test
    void anEventOverTheLimitIsRefused() {
        assertThatThrownBy(() -> function.invoke(new byte[Invocable.MAX_PAYLOAD_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over the limit");
    }

    @Test
    void aHandlerThatHangsTimesOutAndItsProcessIsReplaced() {
        try (var hasty = LambdaFunction.start(settings().withTimeout(Duration.ofMillis(300)), folder)) {
            assertThat(hasty.invoke(bytes("\"hang\""))).isEqualTo(new Timeout(Duration.ofMillis(300)));
            // A process that has just started may take longer than that for its first answer.
            Eventually.until("an answer", () -> hasty.invoke(bytes("4")) instanceof Success);
        }
    }

    @Test
    void aHandlerThatDoesNotExistIsAFunctionErrorAsInLambda() {
        var missing = LambdaFunctionSettings.of(
                "missing", "no.such.Handler", settings().classPath(), Map.of());

        try (var started = LambdaFunction.start(missing, folder)) {
            assertThat(started.invoke(bytes("6")))
                    .isInstanceOfSatisfying(
                            FunctionError.class,
                            error -> assertThat(error.message()).contains("no.such.Handler"));
        }
    }

    @Test
    void aProcessThatCannotStartFailsTheStartWithItsLastLines() {
        var broken = TestFunctions.settings(
                "broken", TestHandler.class, Map.of("JAVA_TOOL_OPTIONS", "-XX:+NoSuchFlagOfAnyJvm"));

        assertThatThrownBy(() -> LambdaFunction.start(broken, folder))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("broken-1 died")
                .hasMessageContaining("NoSuchFlagOfAnyJvm");
    }

    @Test
    void closingEndsAnInvocationAsACrash() throws Exception {
        var closing = LambdaFunction.start(settings(), folder);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InvocationResult> hanging = threads.submit(() -> closing.invoke(bytes("\"hang\"")));
            closing.close();
            assertThat(hanging.get()).isInstanceOf(Crash.class);
        }
        assertThat(closing.invoke(bytes("5"))).isInstanceOf(Crash.class);
    }

    @Test
    void twoInvocationsAtOnceRunInTwoProcesses() throws Exception {
        var meeting = TestFunctions.settings(
                        "meeting",
                        TestHandler.class,
                        Map.of("MEETING", folder.resolve("meeting").toString()))
                .withConcurrency(2)
                .withTimeout(Duration.ofMinutes(5));
        try (var met = LambdaFunction.start(meeting, folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(2, () -> met.invoke(bytes("\"meet\"")))))
                    .extracting(Future::resultNow)
                    .allSatisfy(result -> assertThat(result)
                            .isInstanceOfSatisfying(
                                    Success.class,
                                    success -> assertThat(new String(success.payload(), StandardCharsets.UTF_8))
                                            .isEqualTo("2")));
        }
    }

    private static LambdaFunctionSettings settings() {
        return TestFunctions.settings("tester", TestHandler.class, Map.of("GREETING", "hello"))
                .withTimeout(TIMEOUT);
    }

    private InvocationResult invoke(String event) {
        return function.invoke(bytes(event));
    }

    private String answer(String event) {
        return switch (invoke(event)) {
            case Success success -> new String(success.payload(), StandardCharsets.UTF_8);
            case FunctionError error -> throw new AssertionError(error.message());
            case Crash crash -> throw new AssertionError(crash.reason());
            case Timeout timeout -> throw new AssertionError("over " + timeout.limit());
        };
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
