package dev.sluice.tracker.plan;

import dev.sluice.model.MalformedException;
import dev.sluice.model.plan.PlannedSource;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.model.plan.TrackingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the write keys of all plans are. The only account that names a key has it. Where two name it, and where it is not
 * known whether another does because a plan could not be read, the claim decides that the console made before it published.
 * Without a claim nobody gets what another might own: of two, only the one that this node let in before. Used by one thread.
 */
final class KeyOwners {
    private static final Logger LOG = LoggerFactory.getLogger(KeyOwners.class);

    private final PlanBundles bundles;

    /** Keys of which the log speaks already. */
    private final Set<String> said = new HashSet<>();

    KeyOwners(PlanBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * What was found.
     *
     * @param byHash the account of each key that somebody has
     * @param unsettled keys of which no claim says whose they are, or whose claim could not be read: look again
     */
    record Found(Map<String, String> byHash, Set<String> unsettled) {}

    /**
     * Looks whose the keys are.
     *
     * @param before the account that this node let in with a key until now
     * @param allRead whether these are the newest plans of all accounts
     */
    Found of(Collection<TrackingPlan> plans, Function<String, Optional<String>> before, boolean allRead) {
        var found = new Found(new HashMap<>(), new HashSet<>());
        List<Named> disputed = new ArrayList<>();
        named(plans).forEach((hash, accounts) -> {
            var key = new Named(hash, accounts, before.apply(hash).filter(accounts::contains));
            if (key.isAlone() && (allRead || key.before().isPresent())) {
                found.byHash().put(hash, accounts.first());
            } else {
                disputed.add(key);
            }
        });
        settle(disputed, found);
        return found;
    }

    private static Map<String, SortedSet<String>> named(Collection<TrackingPlan> plans) {
        Map<String, SortedSet<String>> named = new HashMap<>();
        for (TrackingPlan plan : plans) {
            for (PlannedSource source : plan.sources()) {
                for (SourceKey key : source.keys()) {
                    named.computeIfAbsent(key.sha256(), any -> new TreeSet<>()).add(plan.account());
                }
            }
        }
        return named;
    }

    private void settle(List<Named> disputed, Found found) {
        boolean silent = false;
        for (Named key : disputed) {
            Optional<String> owner = key.before();
            boolean settled = false;
            try {
                // After one failure the next look asks on: each may last as long as the client's patience.
                if (!silent) {
                    Optional<String> claimant = bundles.owner(key.hash());
                    owner = key.owner(claimant);
                    settled = owner.isPresent() && (claimant.isPresent() || key.isAlone());
                }
            } catch (MalformedException e) {
                LOG.warn("the claim of write key {} is none: {}", key.hash(), e.getMessage());
            } catch (IOException e) {
                silent = true;
                LOG.warn("claims of write keys cannot be read: {}", String.valueOf(e.getMessage()));
            }
            owner.ifPresent(account -> found.byHash().put(key.hash(), account));
            if (!settled) {
                found.unsettled().add(key.hash());
            }
            say(key, owner);
        }
        said.retainAll(disputed.stream().map(Named::hash).toList());
    }

    private void say(Named key, Optional<String> owner) {
        if (!key.isAlone() && said.add(key.hash())) {
            LOG.error(
                    "write key {} is named by the accounts {}; {}",
                    key.hash(),
                    key.accounts(),
                    owner.map(account -> account + " has it").orElse("none has it until one of them claims it"));
        }
    }

    /** A key, the accounts that name it, and which of them this node let in until now. */
    private record Named(String hash, SortedSet<String> accounts, Optional<String> before) {
        boolean isAlone() {
            return accounts.size() == 1;
        }

        Optional<String> owner(Optional<String> claimant) {
            if (claimant.isPresent()) {
                return claimant.filter(accounts::contains);
            }
            return isAlone() ? Optional.of(accounts.first()) : before;
        }
    }
}
