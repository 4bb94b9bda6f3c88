package dev.sluice.rules.memory;

import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.DraftsContract;
import dev.sluice.rules.RuleSetCatalog;
import dev.sluice.rules.RuleSetCatalogContract;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.RuleSetReportsContract;
import dev.sluice.rules.RuleSetRepository;
import dev.sluice.rules.RuleSetRepositoryContract;
import org.junit.jupiter.api.Nested;

/** What the ports of the console promise, in memory. */
class MemoryStoresTest {
    @Nested
    class Repository extends RuleSetRepositoryContract {
        private final MemoryRuleSetRepository repository = new MemoryRuleSetRepository();

        @Override
        protected RuleSetRepository repository() {
            return repository;
        }
    }

    @Nested
    class Catalog extends RuleSetCatalogContract {
        private final MemoryRuleSetCatalog catalog = new MemoryRuleSetCatalog();

        @Override
        protected RuleSetCatalog catalog() {
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
