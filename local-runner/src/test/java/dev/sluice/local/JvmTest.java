package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.servers.ServerFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises: a program is started as its Procfile says; what is no Procfile of a JVM is refused, not guessed at. */
class JvmTest {
    @TempDir
    private Path module;

    @Test
    void variablesAndFlagsAreTakenFromTheProcfile() throws Exception {
        Files.writeString(module.resolve("Procfile"), "web: A_B=2 C=x=y java -Xmx88m --flag=z -jar some-program.jar\n");

        assertThat(Jvm.of(module)).isEqualTo(new Jvm(Map.of("A_B", "2", "C", "x=y"), List.of("-Xmx88m", "--flag=z")));
    }

    @Test
    void aModuleWithoutAProcfileGetsASmallJvm() {
        assertThat(Jvm.of(module)).isEqualTo(Jvm.SMALL);
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        Files.writeString(module.resolve("Procfile"), "web: ./start.sh\n");

        assertThatThrownBy(() -> Jvm.of(module))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("Procfile");
    }

    /** A property of the command line would take the place of an environment variable, without a word. */
    @Test
    void theTrackersProcfileBoundsItsMemoryAndLeavesTheSettingsToTheEnvironment() {
        Jvm tracker = Jvm.of(TestHouse.ROOT.resolve("event-tracker"));

        assertThat(tracker.flags())
                .contains("-Xmx88m", "-XX:MaxDirectMemorySize=24m")
                .noneMatch(it -> it.startsWith("-D"));
    }
}
