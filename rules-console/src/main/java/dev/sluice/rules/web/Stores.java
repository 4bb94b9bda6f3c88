package dev.sluice.rules.web;

import dev.sluice.model.activation.Connections;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.RuleSetReports;

/** Everything that the console keeps or reads. */
public record Stores(
        BundleRepository<RuleSet> repository,
        BundleCatalog catalog,
        Drafts drafts,
        RuleSetReports reports,
        BundleStores<TrackingPlan> plans,
        BundleStores<Connections> connections) {}
