package dev.sluice.tracker.plan;

import dev.sluice.model.MalformedException;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.Sources;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of all published tracking plans, and those of the settings beside them. {@link #look} reads what is new;
 * all plans then change at once. A plan that cannot be read or is not one never takes the place of one that is; while
 * the store does not answer, the last plans stay. Asking is thread-safe and never waits; looking is for one thread.
 */
public final class PublishedSources implements Sources {
    /** How far back a node that has just started looks for a plan that it can read. */
    private static final int LOOK_BACK = 5;

    private static final Logger LOG = LoggerFactory.getLogger(PublishedSources.class);

    private final PlanBundles bundles;
    private final SourceTable.Builder builder;
    private final Counters counters;

    // Used by the thread that looks only.
    private final Map<String, TrackingPlan> plans = new TreeMap<>();
    private final Map<String, Set<Integer>> refused = new HashMap<>();

    private final KeyOwners owners;

    /** Plans were read that no table holds yet. */
    private boolean untold;

    /** Of some key it is not known whose it is. */
    private boolean unsettled;

    private final CountDownLatch firstComplete = new CountDownLatch(1);
    private volatile boolean complete;
    private volatile SourceTable table;
    private volatile boolean usable;

    /**
     * Knows the settings' sources until the first look.
     *
     * @param builder makes a table of plans
     */
    public PublishedSources(PlanBundles bundles, SourceTable.Builder builder, Counters counters) {
        this.bundles = bundles;
        this.builder = builder;
        this.counters = counters;
        this.owners = new KeyOwners(bundles);
        this.table = builder.build(List.of(), Map.of(), Optional.empty());
    }

    @Override
    public Optional<Source> byWriteKey(String writeKey) {
        return table.byWriteKey(writeKey);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /**
     * Whether this node can do its work: the plans could be listed, and some of them read if there are any. One that cannot
     * be read is no reason to take the node from all other accounts.
     */
    public boolean isUsable() {
        return usable;
    }

    /**
     * Waits until all plans were read once.
     *
     * @return false if that took longer
     */
    public boolean awaitComplete(Duration within) {
        try {
            return firstComplete.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Reads what was published since the last look; what fails is tried again by the next. Until one succeeds, and while it
     * is not known whose a key is, it is not known of any key that nobody has it: a client that is told so throws its events
     * away.
     */
    public void look() {
        boolean allRead = false;
        try {
            Map<String, List<Integer>> newest = bundles.newest(LOOK_BACK);
            allRead = lookAtAll(newest);
            usable |= newest.isEmpty() || !plans.isEmpty();
            counters.plansLookedAt();
        } catch (IOException e) {
            failed("the list of tracking plans", e);
        } finally {
            if (untold || !allRead) {
                complete = false;
            }
            tell(allRead);
            complete = allRead && !unsettled;
        }
        if (complete) {
            firstComplete.countDown();
        }
    }

    /** Whether every account has a plan that can be used, its newest or one before it. What is wrong with one spoils no other. */
    private boolean lookAtAll(Map<String, List<Integer>> newest) {
        boolean allRead = true;
        for (Map.Entry<String, List<Integer>> account : newest.entrySet()) {
            try {
                untold |= lookAt(account.getKey(), account.getValue());
                allRead &= plans.containsKey(account.getKey());
            } catch (IOException | RuntimeException e) {
                allRead = false;
                failed("the tracking plan of account " + account.getKey(), e);
            }
        }
        return allRead;
    }

    private void tell(boolean allRead) {
        if (untold || unsettled) {
            KeyOwners.Found found = owners.of(plans.values(), table::owner, allRead);
            table = builder.build(List.copyOf(plans.values()), found.byHash(), Optional.of(table));
            untold = false;
            unsettled = !found.unsettled().isEmpty();
            counters.plansInForce(plans.size());
        }
    }

    private void failed(String what, Exception failure) {
        counters.addPlanReadFailures(1);
        LOG.warn("{} cannot be read, the plans in force stay: {}", what, String.valueOf(failure.getMessage()));
    }

    /** The newest that can be used, unless it is in force already. */
    private boolean lookAt(String account, List<Integer> newestFirst) throws IOException {
        TrackingPlan inForce = plans.get(account);
        Set<Integer> known = refused.computeIfAbsent(account, any -> new HashSet<>());
        known.retainAll(newestFirst);
        for (int number : newestFirst) {
            if (inForce != null && number <= inForce.number()) {
                return false;
            }
            if (!known.contains(number)) {
                Optional<TrackingPlan> plan = read(account, number);
                if (plan.isPresent()) {
                    plans.put(account, plan.get());
                    LOG.info("account {}: tracking plan {} is in force", account, number);
                    return true;
                }
                known.add(number);
            }
        }
        return false;
    }

    private Optional<TrackingPlan> read(String account, int number) throws IOException {
        byte[] bundle = bundles.read(account, number);
        try {
            if (bundle.length > TrackingPlan.MAX_BUNDLE) {
                throw new MalformedException("larger than " + TrackingPlan.MAX_BUNDLE + " bytes");
            }
            TrackingPlan plan = TrackingPlanJson.read(bundle);
            if (!plan.account().equals(account) || plan.number() != number) {
                throw new MalformedException("the plan of another account or number");
            }
            return Optional.of(plan);
        } catch (MalformedException | InvalidBundleException e) {
            counters.addPlansRefused(1);
            LOG.error(
                    "account {}: tracking plan {} is refused, the one before stays: {}",
                    account,
                    number,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
