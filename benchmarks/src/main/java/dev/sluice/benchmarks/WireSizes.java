package dev.sluice.benchmarks;

import dev.sluice.model.LineBatch;
import java.io.PrintStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How many bytes an event takes in a record of the stream, by how many travel together. */
final class WireSizes {
    private static final List<Integer> SIZES = List.of(1, 2, 5, 25, 100, 500);

    private final PrintStream out;

    WireSizes(PrintStream out) {
        this.out = out;
    }

    void print() {
        List<byte[]> events = StoredForm.of(500);
        double raw = events.stream().mapToInt(line -> line.length).average().orElse(0);
        out.printf("an event as sent %,d bytes, as stored %.0f; in a record of so many events:%n", sent(), raw);
        for (int size : SIZES) {
            int gzip = LineBatch.encode(events.subList(0, size)).length / size;
            out.printf("    %4d events: gzip %4d bytes an event, %2.0f %% of raw%n", size, gzip, 100 * gzip / raw);
        }
    }

    private static int sent() {
        var random = new SplittableRandom(1);
        return (int) IntStream.range(0, 100)
                .map(i -> ClientEvents.event(random, i, true).length)
                .average()
                .orElse(0);
    }
}
