package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.rules.RuleEvaluator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warming up reaches both stores and leaves nothing in them. */
class WarmUpTest {

    @Test
    void itReachesBothStoresAndLeavesNothingInThem() {
        var states = new MemoryUserStates();
        var profiles = new MemoryProfiles();

        assertThat(new WarmUp(states, profiles, RuleEvaluator::new).run())
                .containsExactly(WriteResult.CONFLICT, WriteResult.CONFLICT);

        PersonKey nobody = PersonKey.ofUser("warm-up", "nobody");
        assertThat(profiles.written()).isEmpty();
        assertThat(Samples.revisions(states, List.of(nobody))).isEqualTo(Map.of(nobody, new Answer.Found<>(0L)));
    }
}
