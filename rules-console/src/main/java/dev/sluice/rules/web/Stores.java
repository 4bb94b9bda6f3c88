package dev.sluice.rules.web;

import dev.sluice.rules.Drafts;
import dev.sluice.rules.RuleSetCatalog;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.RuleSetRepository;

/** Everything that the console keeps or reads. */
public record Stores(RuleSetRepository repository, RuleSetCatalog catalog, Drafts drafts, RuleSetReports reports) {}
