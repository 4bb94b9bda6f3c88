package dev.sluice.tracker.plan;

import dev.sluice.model.plan.PlanLimits;
import dev.sluice.model.plan.PlannedSource;
import dev.sluice.model.plan.Rate;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Who may send by a set of plans, until the next takes its place. A write key of the settings is a source of its own
 * unless a plan of the same account names it; what a plan of another account says of it does not count. Immutable but for
 * keys that it has met, of which there are no more than plans and settings name.
 */
public final class SourceTable {
    /** A write key is shorter; nobody makes us hash a body. */
    private static final int MAX_KEY = 512;

    private final Sources settings;
    private final Map<String, Entry> byHash;
    private final Map<String, TokenBucket> buckets;
    private final ConcurrentMap<String, Source> met = new ConcurrentHashMap<>();

    /** A key of a plan; without a source if it is revoked. */
    private record Entry(String account, Optional<Source> source) {}

    private SourceTable(Sources settings, Map<String, Entry> byHash, Map<String, TokenBucket> buckets) {
        this.settings = settings;
        this.byHash = byHash;
        this.buckets = buckets;
    }

    Optional<Source> byWriteKey(String writeKey) {
        Source known = met.get(writeKey);
        if (known != null) {
            return Optional.of(known);
        }
        if (writeKey.length() > MAX_KEY) {
            return Optional.empty();
        }
        Optional<Source> found = find(writeKey);
        found.ifPresent(source -> met.put(writeKey, source));
        return found;
    }

    private Optional<Source> find(String writeKey) {
        Optional<Source> ofSettings = settings.byWriteKey(writeKey);
        if (byHash.isEmpty()) {
            return ofSettings;
        }
        Entry ofPlan = byHash.get(SourceKey.hash(writeKey));
        if (ofPlan == null) {
            return ofSettings;
        }
        boolean ofOther = ofSettings.isPresent() && !ofSettings.get().account().equals(ofPlan.account());
        return ofOther ? ofSettings : ofPlan.source();
    }

    /** The account whose plan says what comes of a key, by the key's hash. */
    Optional<String> owner(String sha256) {
        return Optional.ofNullable(byHash.get(sha256)).map(Entry::account);
    }

    /**
     * Makes tables.
     *
     * @param settings the sources of the settings
     * @param node limits that no plan raises
     * @param nanoTime as {@link System#nanoTime}, for rates
     */
    public record Builder(Sources settings, Limits node, LongSupplier nanoTime) {
        /**
         * Buckets go over to the new table if their rate is as it was, so that no publication refills them.
         *
         * @param owners the account of each key that somebody has, by the key's hash
         */
        SourceTable build(List<TrackingPlan> plans, Map<String, String> owners, Optional<SourceTable> before) {
            Map<String, TokenBucket> old = before.map(table -> table.buckets).orElse(Map.of());
            Map<String, TokenBucket> buckets = new HashMap<>();
            Map<String, Entry> byHash = new HashMap<>();
            for (TrackingPlan plan : plans) {
                for (PlannedSource planned : plan.sources()) {
                    Source source = source(plan, planned, old, buckets);
                    for (SourceKey key : planned.keys()) {
                        if (plan.account().equals(owners.get(key.sha256()))) {
                            boolean letsIn = planned.active() && key.active();
                            byHash.put(
                                    key.sha256(),
                                    new Entry(plan.account(), letsIn ? Optional.of(source) : Optional.empty()));
                        }
                    }
                }
            }
            return new SourceTable(settings, byHash, buckets);
        }

        private Source source(
                TrackingPlan plan,
                PlannedSource planned,
                Map<String, TokenBucket> old,
                Map<String, TokenBucket> buckets) {
            List<TokenBucket> own = new ArrayList<>();
            plan.rate().ifPresent(rate -> own.add(bucket(plan.account(), rate, old, buckets)));
            planned.rate()
                    .ifPresent(rate -> own.add(bucket(plan.account() + "/" + planned.name(), rate, old, buckets)));
            return new Source(
                    plan.account(),
                    planned.name(),
                    limits(plan.limits().and(planned.limits())),
                    new PlanPolicy(plan, planned),
                    new RateAdmission(own));
        }

        private TokenBucket bucket(
                String owner, Rate rate, Map<String, TokenBucket> old, Map<String, TokenBucket> buckets) {
            return buckets.computeIfAbsent(owner, any -> {
                TokenBucket before = old.get(owner);
                return before != null && before.rate().equals(rate) ? before : new TokenBucket(rate, nanoTime);
            });
        }

        private Limits limits(PlanLimits limits) {
            return new Limits(
                    node.bodyBytes(),
                    Math.min(node.eventBytes(), limits.eventBytes().orElse(Integer.MAX_VALUE)),
                    Math.min(node.eventsPerBatch(), limits.eventsPerBatch().orElse(Integer.MAX_VALUE)),
                    node.depth());
        }
    }
}
