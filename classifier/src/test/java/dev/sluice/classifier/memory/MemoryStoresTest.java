package dev.sluice.classifier.memory;

import dev.sluice.classifier.Identities;
import dev.sluice.classifier.IdentitiesContract;
import dev.sluice.classifier.LastGoodRules;
import dev.sluice.classifier.LastGoodRulesContract;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.ProfilesContract;
import dev.sluice.classifier.RuleSetReports;
import dev.sluice.classifier.RuleSetReportsContract;
import dev.sluice.classifier.RuleSets;
import dev.sluice.classifier.RuleSetsContract;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.UserStatesContract;
import dev.sluice.model.PersonKey;
import org.junit.jupiter.api.Nested;

/** What is promised of every store is true of those in memory. */
class MemoryStoresTest {

    @Nested
    class States extends UserStatesContract {
        private final MemoryUserStates states = new MemoryUserStates();

        @Override
        protected UserStates states() {
            return states;
        }

        @Override
        protected void put(PersonKey key, String field, String value) {
            states.put(key, field, value);
        }
    }

    @Nested
    class Stored extends ProfilesContract {
        private final MemoryProfiles profiles = new MemoryProfiles();

        @Override
        protected Profiles profiles() {
            return profiles;
        }
    }

    @Nested
    class WhoGoesByWhom extends IdentitiesContract {
        private final MemoryIdentities identities = new MemoryIdentities();

        @Override
        protected Identities identities() {
            return identities;
        }
    }

    @Nested
    class LastGood extends LastGoodRulesContract {
        private final MemoryLastGoodRules lastGood = new MemoryLastGoodRules();

        @Override
        protected LastGoodRules lastGood() {
            return lastGood;
        }
    }

    @Nested
    class Reports extends RuleSetReportsContract {
        private final MemoryRuleSetReports reports = new MemoryRuleSetReports();

        @Override
        protected RuleSetReports reports() {
            return reports;
        }
    }

    @Nested
    class Published extends RuleSetsContract {
        private final MemoryRuleSets ruleSets = new MemoryRuleSets();

        @Override
        protected RuleSets ruleSets() {
            return ruleSets;
        }

        @Override
        protected void publish(String account, int number, byte[] bundle) {
            ruleSets.publish(account, number, bundle);
        }
    }
}
