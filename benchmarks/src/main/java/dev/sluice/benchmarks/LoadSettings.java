package dev.sluice.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much of what is measured.
 *
 * @param segments of the rule set
 * @param people whose state is in Redis
 * @param active of those, who have a profile in DynamoDB and whose events come, each as often as any other
 * @param threads that classify batches at once
 * @param batch events of one classification
 * @param changing how many of a hundred events of the mixed load are of the kind that rules look for
 * @param loads which are sent, in this order
 * @param warmUp processor time before each load is measured, up to five times until the JVM is warm
 * @param duration processor time for which each is measured
 * @param dynamoDbJars where DynamoDB Local is
 * @param profile whether to say where the time goes
 */
record LoadSettings(
        int segments,
        int people,
        int active,
        int threads,
        int batch,
        int changing,
        List<Load.Mix> loads,
        Duration warmUp,
        Duration duration,
        Path dynamoDbJars,
        boolean profile) {
    LoadSettings {
        check(segments >= 1 && segments <= 20_000, "--segments must be 1 to 20000");
        check(people >= 1 && people <= 10_000_000, "--people must be 1 to 10000000");
        check(active >= 1, "--active must be 1 or more");
        active = Math.min(active, people);
        check(threads >= 1 && threads <= 64, "--threads must be 1 to 64");
        check(batch >= 1 && batch <= 10_000, "--batch must be 1 to 10000");
        loads = List.copyOf(loads);
        check(changing >= 0 && changing <= 100, "--changing must be 0 to 100");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
