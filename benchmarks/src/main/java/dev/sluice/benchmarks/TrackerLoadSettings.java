package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of what is measured.
 *
 * @param servers in this order
 * @param batches events of a request
 * @param connections with one request under way on each at most
 * @param gzip whether bodies are packed
 * @param warmUp before each server is measured
 * @param time of each measurement
 * @param core of the server, none if negative
 * @param procfile whence the JVM's flags are taken
 * @param kinesis folder of the stand-in
 */
record TrackerLoadSettings(
        List<TrackerServer.Kind> servers,
        List<Integer> batches,
        int connections,
        boolean gzip,
        Duration warmUp,
        Duration time,
        int core,
        Path procfile,
        Path kinesis) {
    TrackerLoadSettings {
        servers = List.copyOf(servers);
        batches = List.copyOf(batches);
        check(batches.stream().allMatch(batch -> batch >= 1 && batch <= 500), "--batches must be 1 to 500");
        check(connections >= 1 && connections <= 8000, "--connections must be 1 to 8000");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** What stands between {@code java} and {@code -jar} in the Procfile. */
    List<String> flags() {
        return words().filter(word -> word.startsWith("-") && !word.equals("-jar"))
                .toList();
    }

    /** The variables that the Procfile sets. */
    Map<String, String> variables() {
        return words().filter(word -> word.matches("[A-Z_]+=\\S+"))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private Stream<String> words() {
        try {
            return Stream.of(Files.readString(procfile).split("\\s+", -1));
        } catch (IOException e) {
            throw new UncheckedIOException("no Procfile", e);
        }
    }
}
