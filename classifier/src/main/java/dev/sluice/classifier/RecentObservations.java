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
 * what an observation holds: events, traits and statistics, some 150 bytes each, so about 30 MB. Each account that has
 * any may hold an equal part of that; the oldest go first. With thousands of accounts the parts are too small to judge
 * by.
 */
final class RecentObservations {
    static final int MAX_OBSERVATIONS = 1_000;
    static final int MAX_WEIGHT = 200_000;
    static final int ONE_IN = 16;

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
        private final Deque<Observation> observations = new ArrayDeque<>();
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
                    overlay(after.head().traits(), before.profile()),
                    before.statistics(),
                    events,
                    before.recent().head().direct()));
        }

        /** The sample now, the newest first. */
        synchronized List<Observation> now() {
            List<Observation> now = new ArrayList<>(observations.size());
            observations.descendingIterator().forEachRemaining(now::add);
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
            observations.addLast(observation);
            weight += weight(observation);
            trim();
        }

        private synchronized void trim() {
            while (observations.size() > MAX_OBSERVATIONS || weight > part) {
                full = true;
                weight -= weight(observations.removeFirst());
            }
        }
    }

    private static int weight(Observation observation) {
        return 1
                + observation.history().size()
                + observation.traits().fields().size()
                + observation.statistics().fields().size();
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
