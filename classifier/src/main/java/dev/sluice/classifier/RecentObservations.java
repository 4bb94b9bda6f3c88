package dev.sluice.classifier;

import dev.sluice.model.Value;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sample of what the rules were asked about lately, by account: of each person's newest events every one at first, one
 * in {@value #ONE_IN} once there are enough. New rules are tried on it before they run. Thread-safe.
 *
 * <p><b>Bounds.</b> {@value #MAX_OBSERVATIONS} observations an account, and over all accounts {@value #MAX_WEIGHT} of
 * what an observation holds: each event and each value of events, traits and statistics counts one, some 150 bytes, and
 * each {@value #TEXT} characters of text one more; so about 30 MB. What several observations of a person share is counted
 * in each. Each account that has any may hold an equal part of that; the oldest go first. With thousands of accounts the parts are too small to judge
 * by.
 */
final class RecentObservations {
    static final int MAX_OBSERVATIONS = 1_000;
    static final int MAX_WEIGHT = 200_000;
    static final int ONE_IN = 16;
    static final int TEXT = 64;

    private final List<OfAccount> filled = new ArrayList<>();
    private volatile int part = MAX_WEIGHT;

    /** An empty one for one more account. */
    OfAccount ofAccount() {
        return new OfAccount();
    }

    private synchronized void join(OfAccount newcomer) {
        filled.add(newcomer);
        part = MAX_WEIGHT / filled.size();
        filled.forEach(OfAccount::trim);
    }

    /** One account's. */
    final class OfAccount {
        private final Deque<Weighed> observations = new ArrayDeque<>();
        private final AtomicInteger turn = new AtomicInteger();
        private int weight;
        private volatile boolean full;
        private volatile boolean joined;

        /** Takes what was just folded, if it is its turn. */
        void offer(UserState before, Recent after) {
            if (after.events().isEmpty() || (full && turn.incrementAndGet() % ONE_IN != 0)) {
                return;
            }
            if (!joined) {
                joinOnce();
            }
            List<Occurrence> events = after.events();
            add(new Observation(
                    events.getLast(),
                    overlay(after.head().traits(), after.head().row().values()),
                    after.head().statistics().values(),
                    events,
                    before.recent().head().direct()));
        }

        /** The sample now, the newest first. */
        synchronized List<Observation> now() {
            List<Observation> now = new ArrayList<>(observations.size());
            observations.descendingIterator().forEachRemaining(each -> now.add(each.observation()));
            return now;
        }

        private void joinOnce() {
            synchronized (RecentObservations.this) {
                if (!joined) {
                    joined = true;
                    join(this);
                }
            }
        }

        private synchronized void add(Observation observation) {
            var weighed = new Weighed(observation, weight(observation));
            observations.addLast(weighed);
            weight += weighed.weight();
            trim();
        }

        private synchronized void trim() {
            while (observations.size() > MAX_OBSERVATIONS || weight > part) {
                full = true;
                weight -= observations.removeFirst().weight();
            }
        }
    }

    private record Weighed(Observation observation, int weight) {}

    static int weight(Observation observation) {
        int events = 0;
        for (Occurrence event : observation.history()) {
            events += 1 + weight(event.details());
        }
        return events + weight(observation.traits()) + weight(observation.statistics());
    }

    /** Loops and not streams: this is asked of every value of people whose events come. */
    private static int weight(Value value) {
        return switch (value) {
            case Value.Fields(var fields) -> {
                int all = 1;
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    all += field.getKey().length() / TEXT + weight(field.getValue());
                }
                yield all;
            }
            case Value.Many(var values) -> {
                int all = 1;
                for (Value each : values) {
                    all += weight(each);
                }
                yield all;
            }
            case Value.Text(var text) -> 1 + text.length() / TEXT;
            case Value.Decimal number -> 1;
            case Value.Flag flag -> 1;
            case Value.Nothing nothing -> 1;
        };
    }

    /** As the fold does it: the row of the relational store wins. */
    private static Value.Fields overlay(Value.Fields under, Value.Fields over) {
        Value.Fields all = under;
        for (Map.Entry<String, Value> field : over.fields().entrySet()) {
            all = all.with(field.getKey(), field.getValue());
        }
        return all;
    }
}
