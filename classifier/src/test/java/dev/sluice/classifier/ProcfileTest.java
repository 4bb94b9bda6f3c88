package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How the classifier is started in production: with the collector that it is measured with and a heap of its own; it ends
 * rather than go on without memory; all settings are left to the environment; and a JVM takes the flags.
 */
class ProcfileTest {
    private static final Pattern WEB = Pattern.compile("web: java ((?:-\\S+ )+)-jar classifier\\.jar\\n");

    private List<String> flags = List.of();

    @BeforeEach
    void read() throws IOException {
        flags = WEB.matcher(Files.readString(Path.of("src/main/beanstalk/Procfile")))
                .results()
                .map(line -> List.of(line.group(1).strip().split(" ", -1)))
                .findAny()
                .orElseThrow();
    }

    /** A property of the command line would take the place of an environment variable, without a word. */
    @Test
    void itsMemoryIsBoundedAndItsSettingsAreLeftToTheEnvironment() {
        assertThat(flags)
                .contains("-XX:+UseParallelGC", "-Xms1g", "-Xmx1g", "-Xmn768m", "-XX:+ExitOnOutOfMemoryError")
                .noneMatch(flag -> flag.startsWith("-D"));
    }

    @Test
    void aJvmTakesTheFlags() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-version");

        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }
}
