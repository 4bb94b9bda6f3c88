package dev.sluice.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A child process promises:
 * closing lets it end in order; killing does not; its descendants end with it; a death that nobody asked for is told
 * with the last lines of its log; Ctrl-C does not reach it; it inherits neither proxies nor what
 * is meant for an AWS SDK, for Sluice or for every JVM; a program that does not exist is named.
 */
final class ChildProcessTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void closeLetsAProgramEndInOrder() throws Exception {
        var child = shell("trap 'echo in order; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        awaitLog("up");

        child.close();

        assertThat(Files.readString(log())).contains("in order");
        assertThat(child.isAlive()).isFalse();
        assertThat(child.unexpectedDeath()).isNotDone();
    }

    @Test
    void killEndsAProgramThatRefusesAndItsDescendants() throws Exception {
        var child = shell("trap '' TERM; sleep 60 & echo grandchild $!; wait; wait");
        awaitLog("grandchild");
        var grandchild = ProcessHandle.of(Long.parseLong(Files.readString(log()).replaceAll("\\D", "")))
                .orElseThrow();

        child.kill();

        assertThat(child.isAlive()).isFalse();
        assertThat(grandchild.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }

    @Test
    void aDeathThatNobodyAskedForIsToldWithTheLastLines() throws Exception {
        var child = shell("echo first; echo out of memory; exit 3");

        var death = child.unexpectedDeath().get(1, TimeUnit.MINUTES);

        assertThat(death).hasMessage("Tester died with status 3; its last lines:\n  first\n  out of memory");
        assertThatThrownBy(child::requireAlive).hasMessage(death.getMessage());
    }

    @Test
    void waitingForADeadProgramFailsAtOnce() {
        var child = shell("exit 1");

        assertThatThrownBy(() -> Readiness.awaitPort(child, FreePorts.some(1).getFirst(), Duration.ofMinutes(1)))
                .isInstanceOf(ServerFailure.class)
                .hasMessageStartingWith("Tester died with status 1");
    }

    @Test
    void waitingForASilentProgramEndsAtTheDeadline() {
        try (var child = shell("exec sleep 60")) {
            assertThatThrownBy(() -> Readiness.await(child, Duration.ofMillis(50), () -> false))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage("Tester did not answer within 50 ms");
        }
    }

    @Test
    void aProgramIsInASessionOfItsOwn() {
        try (var child = shell("cut -d' ' -f6 /proc/$$/stat; exec sleep 60")) {
            awaitLog(Long.toString(child.pid()));
        }
    }

    @Test
    void aJvmThatIsToldToEndEndsInOrderFirstAndLeavesNothingRunning() throws Exception {
        var runner = runnerWithAChild();
        var child = childOfRunner();

        ProcessHandle.of(runner.pid()).orElseThrow().destroy();

        assertThat(child.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        Eventually.until("the runner has ended", () -> !runner.isAlive());
        assertThat(LogTail.of(log())).contains("in order, child alive: true");
    }

    @Test
    void aJvmThatIsKilledLeavesNothingRunningEither() throws Exception {
        var runner = runnerWithAChild();
        var child = childOfRunner();

        ProcessHandle.of(runner.pid()).orElseThrow().destroyForcibly();

        assertThat(child.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }

    @Test
    void aChildInheritsNothingThatIsMeantForAnotherHouse() throws Exception {
        Map<String, String> foreign = Map.of(
                "HTTPS_PROXY", "http://127.0.0.1:9",
                "no_proxy", "here",
                "AWS_SESSION_TOKEN", "real",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:9",
                "SLUICE_RULES", "elsewhere",
                "JDK_JAVA_OPTIONS", "-Dforeign=yes",
                "KEPT", "yes");
        var runner = runnerWithAChild(foreign);
        childOfRunner();
        Path childsLog = folder.resolve("sleeper.log");
        Eventually.until(
                "the child shows what it got", () -> LogTail.of(childsLog).contains("KEPT=yes"));
        runner.kill();

        assertThat(Files.readString(childsLog))
                .doesNotContainIgnoringCase("_proxy=")
                .doesNotContain("AWS_", "SLUICE_", "JDK_JAVA_OPTIONS");
    }

    @Test
    void whatAChildIsGivenStays() {
        var child = ChildProcess.start(new ChildProcess.Command(
                "Tester",
                List.of("/bin/sh", "-c", "echo $AWS_REGION $https_proxy"),
                Map.of("AWS_REGION", "given", "https_proxy", "too"),
                folder,
                log()));
        awaitLog("given too");
        child.close();
    }

    private ChildProcess runnerWithAChild() {
        return runnerWithAChild(Map.of());
    }

    private ChildProcess runnerWithAChild(Map<String, String> environment) {
        var arguments = List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RunnerThatEnds.class.getName(),
                folder.toString());
        return ChildProcess.start(new ChildProcess.Command("Runner", arguments, environment, folder, log()));
    }

    private ProcessHandle childOfRunner() {
        awaitLog("child");
        return ProcessHandle.of(Long.parseLong(LogTail.of(log()).replaceAll("\\D", "")))
                .orElseThrow();
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> ChildProcess.start(
                        new ChildProcess.Command("Tester", List.of("no-such-program"), Map.of(), folder, log())))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("Tester cannot be started")
                .hasMessageContaining("no-such-program");
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start(
                new ChildProcess.Command("Tester", List.of("/bin/sh", "-c", script), Map.of(), folder, log()));
    }

    private Path log() {
        return folder.resolve("tester.log");
    }

    private void awaitLog(String text) {
        Eventually.until("the log says " + text, () -> LogTail.of(log()).contains(text));
    }
}
