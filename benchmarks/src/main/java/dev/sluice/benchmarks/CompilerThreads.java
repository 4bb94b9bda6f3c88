package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What this JVM's compilers have cost, by the kernel's count: a program that has run for a minute pays it no more, so a
 * measurement that holds much of it began too early. Nothing where there is no {@code /proc}. Stateless.
 */
final class CompilerThreads {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final long TICK_NANOS = 10_000_000;

    private CompilerThreads() {}

    /** Processor time of the compiler threads that there are now; one that ended takes its time with it. */
    static Duration time() {
        if (!Files.isDirectory(TASKS)) {
            return Duration.ZERO;
        }
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.map(CompilerThreads::time).reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException("the threads cannot be listed", e);
        }
    }

    private static Duration time(Path task) {
        String stat;
        try {
            stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It ended since it was listed.
            return Duration.ZERO;
        }
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
            return Duration.ZERO;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofNanos((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS);
    }
}
