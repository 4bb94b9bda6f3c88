package dev.sluice.classifier;

import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.Segment;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a new rule set on recent observations before it runs: a slip of the pen (an operator the wrong way round, a
 * window of the wrong unit) shows as a segment that suddenly takes nearly everybody, and would be told to every partner.
 * Immutable.
 */
final class ShareCheck {
    /** Observations below which nothing is judged: of fewer, nearly all can match by chance. */
    static final int LEAST = 200;

    /** How long trying may take: within the time in which a new rule set is to run, with all else it takes. */
    static final Duration WITHIN = Duration.ofMillis(500);

    /** Observations between two looks at the clock. */
    private static final int STEP = 50;

    /** Part of every reason that is found here, by which another classifier's report is told to be of this kind. */
    private static final String REASON = "more than the allowed share of";

    private final Swapping swapping;

    ShareCheck(Swapping swapping) {
        this.swapping = swapping;
    }

    /** What is refused by a share at all. */
    boolean judges() {
        return swapping.maxShare() < 1;
    }

    /** Returns what speaks against running {@code next} instead of {@code now}. */
    Optional<String> against(RunningRules.Running now, RunningRules.Running next, List<Observation> sample) {
        if (!judges() || sample.size() < LEAST) {
            return Optional.empty();
        }
        var after = new Shares(next);
        var before = new Shares(now);
        long begun = swapping.nanoTime().getAsLong();
        int tried = 0;
        for (Observation observation : sample) {
            if (tried % STEP == 0 && swapping.nanoTime().getAsLong() - begun > WITHIN.toNanos()) {
                break;
            }
            after.count(observation);
            before.count(observation);
            tried++;
        }
        return tried < LEAST ? Optional.empty() : against(before.counts, after.counts, tried);
    }

    private Optional<String> against(Map<String, Integer> before, Map<String, Integer> after, int tried) {
        double most = swapping.maxShare() * tried;
        return after.entrySet().stream()
                .filter(segment -> segment.getValue() > most && before.getOrDefault(segment.getKey(), 0) <= most)
                .min(Map.Entry.comparingByKey())
                .map(segment -> "segment %s would take %d of %d recent observations, %s %s"
                        .formatted(segment.getKey(), segment.getValue(), tried, REASON, swapping.maxShare()));
    }

    /**
     * Returns why other classifiers refuse a rule set by its share, unless one of them runs it. For one that has just
     * started: it has seen nothing to judge by itself. Whether a rule set can be built each finds out by itself, since
     * they may be of different releases.
     */
    static Optional<String> saidBy(List<RuleSetReport> reports) {
        if (reports.stream().anyMatch(report -> report.state() == RuleSetReport.State.RUNNING)) {
            return Optional.empty();
        }
        return reports.stream()
                .flatMap(report -> report.reason().stream())
                .filter(reason -> reason.contains(REASON))
                .findFirst();
    }

    /** How many observations match each segment of one rule set, or one below it. */
    private static final class Shares {
        private final Map<String, Segment> segments;
        private final Matcher matcher;
        private final Map<String, Integer> counts = new HashMap<>();

        Shares(RunningRules.Running running) {
            RuleSet rules = running.rules();
            this.segments = rules.byId();
            this.matcher = running.matcher();
        }

        void count(Observation observation) {
            Set<String> in = new HashSet<>();
            for (String matching : matcher.matching(observation)) {
                Optional<String> segment = Optional.of(matching);
                while (segment.isPresent() && in.add(segment.get())) {
                    segment = Optional.ofNullable(segments.get(segment.get())).flatMap(Segment::parent);
                }
            }
            in.forEach(segment -> counts.merge(segment, 1, Integer::sum));
        }
    }
}
