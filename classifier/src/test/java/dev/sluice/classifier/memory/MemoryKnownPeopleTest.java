package dev.sluice.classifier.memory;

import dev.sluice.classifier.KnownPeople;
import dev.sluice.classifier.KnownPeopleContract;
import dev.sluice.model.PersonKey;

/** The states in memory keep every promise of {@link KnownPeople}. */
class MemoryKnownPeopleTest extends KnownPeopleContract {
    private final MemoryUserStates states = new MemoryUserStates();

    @Override
    protected KnownPeople known() {
        return states;
    }

    @Override
    protected void put(PersonKey key) {
        states.put(key, "rev", "1");
    }
}
