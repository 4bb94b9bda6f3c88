package dev.sluice.dispatcher.memory;

import dev.sluice.dispatcher.RuleSets;
import dev.sluice.dispatcher.RuleSetsContract;
import dev.sluice.dispatcher.SetAsides;
import dev.sluice.dispatcher.SetAsidesContract;
import dev.sluice.model.RejectedEvent;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The ports in memory keep their contracts. */
class MemoryStoresTest {
    @Nested
    class OfRuleSets extends RuleSetsContract {
        private final MemoryRuleSets memory = new MemoryRuleSets();

        @Override
        protected RuleSets ruleSets() {
            return memory;
        }

        @Override
        protected void publish(String ofAccount, int number, byte[] bundle) {
            memory.publish(ofAccount, number, bundle);
        }
    }

    @Nested
    class OfSetAsides extends SetAsidesContract {
        private final MemorySetAsides memory = new MemorySetAsides();

        @Override
        protected SetAsides setAsides() {
            return memory;
        }

        @Override
        protected Optional<byte[]> kept(String name) {
            return Optional.ofNullable(memory.kept().get(name)).map(RejectedEvent::toJson);
        }

        @Override
        protected int count() {
            return memory.kept().size();
        }
    }
}
