package dev.sluice.benchmarks;

import dev.sluice.model.plan.SourceKey;
import dev.sluice.tracker.plan.PlanBundles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures what one account notices of another that sends ten times as much as usual, and more than its tracking plan
 * allows. Both send single events at fixed rates, the quiet one always at the same; the parts take turns, so that a change of
 * the machine's other work meets both.
 */
final class NeighboursLoad {
    /** Requests a second of the quiet account, and of the other as it usually is. */
    static final int PER_SECOND = 500;

    private static final String QUIET = ClientEvents.WRITE_KEY;
    private static final String LOUD = "loud";
    private static final int TIMES = 10;
    /** Events a second that the other's plan allows: twice its usual ones. */
    private static final int RATE = 2 * PER_SECOND;

    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 1024;

    private final TrackerLoadSettings settings;
    private final PrintStream out;

    /**
     * What it came to.
     *
     * @param usual of the quiet account while the other sends as much as it does itself
     * @param beside of the quiet account while the other sends ten times as much
     */
    record Round(HttpLoad.Figures usual, HttpLoad.Figures beside) {}

    /** The plan of the loud account. */
    static final class Plan implements PlanBundles {
        @Override
        public Map<String, List<Integer>> newest(int most) {
            return Map.of("loud", List.of(1));
        }

        @Override
        public byte[] read(String account, int number) {
            return """
                    {"v": 1, "account": "loud", "number": 1, "sources": [{"name": "app",
                      "keys": [{"sha256": "%s"}], "rate": {"eventsPerSecond": %d}}]}
                    """.formatted(SourceKey.hash(LOUD), RATE).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<String> owner(String sha256) {
            return Optional.empty();
        }
    }

    NeighboursLoad(TrackerLoadSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    List<Round> run() {
        out.printf(
                "two accounts, each %,d requests a second; one then sends %d times as many, its plan allows %,d a second%n",
                PER_SECOND, TIMES, RATE);
        var rounds = new ArrayList<Round>();
        var kind = TrackerServer.Kind.NEIGHBOURS;
        var environment = KinesisStandIn.nowhere();
        try (var server = MeasuredProcess.start(kind, settings.core(), settings.flags(), environment);
                var usual = HttpLoad.to(server.address(), CONNECTIONS, mixed(1));
                var beside = HttpLoad.to(server.address(), CONNECTIONS, mixed(TIMES))) {
            part(usual, 1, settings.warmUp());
            part(beside, TIMES, settings.warmUp());
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(new Round(part(usual, 1, settings.time()), part(beside, TIMES, settings.time())));
            }
        }
        for (double quantile : List.of(0.5, 0.99, 0.999)) {
            double before = median(rounds.stream().map(Round::usual).toList(), quantile);
            double after = median(rounds.stream().map(Round::beside).toList(), quantile);
            out.printf(
                    "its neighbour's p%-5s %7.2f ms as usual, %7.2f ms beside it: %.2f times as much%n",
                    100 * quantile, before, after, after / before);
        }
        return rounds;
    }

    /** Every request of the quiet account is followed by so many of the other's. */
    private static List<byte[]> mixed(int times) {
        List<byte[]> quiet = ClientEvents.requests(QUIET, 2_000, 1, false);
        List<byte[]> loud = ClientEvents.requests(LOUD, 2_000, 1, false);
        return IntStream.range(0, quiet.size() * (1 + times))
                .mapToObj(i -> (i % (1 + times) == 0 ? quiet : loud).get(i / (1 + times)))
                .toList();
    }

    private static HttpLoad.Figures part(HttpLoad load, int times, Duration time) {
        return load.pace((double) PER_SECOND * (1 + times), time, 1 + times);
    }

    /** Of the rounds, so that one moment in which the machine did something else does not decide. */
    private static double median(List<HttpLoad.Figures> parts, double quantile) {
        return parts.stream()
                .map(figures -> figures.millis(quantile))
                .sorted()
                .toList()
                .get(parts.size() / 2);
    }
}
