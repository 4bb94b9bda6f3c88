package dev.sluice.local;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A program's counters, read from its {@code /health/metrics} and added up over its deaths: a counter that fell began
 * anew. What was counted between the last reading and a death is not known. Thread-safe.
 */
final class Counters {
    private final Program program;
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();

    Counters(Program program) {
        this.program = program;
    }

    /** Reads them; while the program does not answer, what was read last stands. */
    synchronized void refresh() {
        try {
            Value.Fields now =
                    JsonText.readObject(program.ask("/health/metrics").body());
            now.fields().forEach((name, value) -> {
                if (value instanceof Value.Decimal number) {
                    count(name, number.number().longValue());
                }
            });
        } catch (IOException | MalformedException e) {
            // Dead or starting: it will be asked again, and its absence shows elsewhere.
        }
    }

    /** The total of one; 0 if it was never seen. */
    synchronized long total(String name) {
        return before.getOrDefault(name, 0L) + last.getOrDefault(name, 0L);
    }

    private void count(String name, long now) {
        long was = last.getOrDefault(name, 0L);
        if (now < was) {
            before.merge(name, was, Long::sum);
        }
        last.put(name, now);
    }
}
