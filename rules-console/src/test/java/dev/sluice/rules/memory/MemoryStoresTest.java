package dev.sluice.rules.memory;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.DraftsContract;
import dev.sluice.rules.KeyClaims;
import dev.sluice.rules.KeyClaimsContract;
import dev.sluice.rules.RuleSetCatalogContract;
import dev.sluice.rules.RuleSetKind;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.RuleSetReportsContract;
import dev.sluice.rules.RuleSetRepositoryContract;
import org.junit.jupiter.api.Nested;

/** What the ports of the console promise, in memory. */
class MemoryStoresTest {
    @Nested
    class Repository extends RuleSetRepositoryContract {
        private final MemoryBundleRepository<RuleSet> repository = new MemoryBundleRepository<>(RuleSetKind.RULE_SETS);

        @Override
        protected BundleRepository<RuleSet> repository() {
            return repository;
        }
    }

    @Nested
    class Claims extends KeyClaimsContract {
        private final MemoryKeyClaims claims = new MemoryKeyClaims();

        @Override
        protected KeyClaims claims() {
            return claims;
        }
    }

    @Nested
    class Catalog extends RuleSetCatalogContract {
        private final MemoryBundleCatalog catalog = new MemoryBundleCatalog();

        @Override
        protected BundleCatalog catalog() {
            return catalog;
        }
    }

    @Nested
    class OfDrafts extends DraftsContract {
        private final MemoryDrafts drafts = new MemoryDrafts();

        @Override
        protected Drafts drafts() {
            return drafts;
        }
    }

    @Nested
    class Reports extends RuleSetReportsContract {
        private final MemoryRuleSetReports reports = new MemoryRuleSetReports();

        @Override
        protected RuleSetReports reports() {
            return reports;
        }

        @Override
        protected void report(RuleSetReport report) {
            reports.report(report);
        }
    }
}
