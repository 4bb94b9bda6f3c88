package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.report.Report;
import dev.sluice.local.servers.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises: a run whose classifier merges wrongly fails; the truth does not share the mistake. */
class BrokenMergeTest {
    @Test
    void aMergeInWhichNobodyLeavesMakesTheRunFail(@TempDir Path folder) throws Exception {
        Path broken = brokenModel(Files.createDirectory(folder.resolve("broken")));
        // Classes that the JVM finds on its boot class path come before those of the program's jar.
        String options = "-Xbootclasspath/a:" + broken + File.pathSeparator + libraries();
        Path run = Files.createDirectory(folder.resolve("run"));
        try (House house = TestHouse.start(run, Map.of("JDK_JAVA_OPTIONS", options));
                var players = TestHouse.players(house, 40, 120, 7)) {
            long started = System.nanoTime();
            players.start();
            Eventually.until("800 events", () -> players.traffic().accepted() > 800);
            Report report = new Ending(house, players, new LiveFigures(house, players)).report(started);

            assertThat(report.passed()).isFalse();
            assertThat(report.lost()).isZero();
            assertThat(report.membershipMismatches()).isPositive();
            assertThat(report.pushMismatches()).isPositive();
        }
    }

    /** The merge, in which nobody ever leaves a live segment: as good as every player shows it. */
    private static Path brokenModel(Path out) throws IOException {
        Path source = TestHouse.ROOT.resolve("model/src/main/java/dev/sluice/model/profile/Standing.java");
        String text = Files.readString(source);
        String broken = text.replace("(wasDirect && segment.kind() instanceof Segment.Append)", "wasDirect");
        assertThat(broken).isNotEqualTo(text);
        Path file = Files.writeString(out.resolve("Standing.java"), broken);
        var problems = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        problems,
                        null,
                        null,
                        List.of("-proc:none", "-d", out.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(problems.toString()).isTrue();
        return out;
    }

    /** All that model needs beside it. */
    private static String libraries() {
        List<String> found = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.contains("/model/") || entry.matches(".*/(jackson-core-3|jspecify)[^/]*\\.jar")) {
                found.add(entry);
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(2);
        return String.join(File.pathSeparator, found);
    }
}
