package dev.sluice.rules.memory;

import dev.sluice.rules.RuleSetRepository;
import dev.sluice.rules.RuleSetRepositoryContract;

/** What every {@link RuleSetRepository} promises, in memory. */
class MemoryRuleSetRepositoryTest extends RuleSetRepositoryContract {
    private final MemoryRuleSetRepository repository = new MemoryRuleSetRepository();

    @Override
    protected RuleSetRepository repository() {
        return repository;
    }
}
