package dev.sluice.rules.web;

import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundlePublisher;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.TrackingPlanKind;

/** Where tracking plans are kept and how they are published. */
public record PlanStores(
        BundleRepository<TrackingPlan> repository, BundleCatalog catalog, BundlePublisher<TrackingPlan> publisher) {
    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public PlanStores(BundleRepository<TrackingPlan> repository, BundleCatalog catalog, int attempts) {
        this(
                repository,
                catalog,
                new BundlePublisher<>(TrackingPlanKind.TRACKING_PLANS, repository, catalog, attempts));
    }
}
