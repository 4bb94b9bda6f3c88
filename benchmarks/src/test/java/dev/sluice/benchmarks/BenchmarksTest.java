package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: what is measured does what it says, so that a figure is never of work not done. */
class BenchmarksTest {
    @Test
    void theSampleEventsAreEventsOfAboutTheStatedSize() {
        assertThat(SampleEvents.lines(500)).allSatisfy(line -> {
            assertThat(line.length).isBetween(450, 600);
            assertThat(EventJson.read(line).properties().find("brand")).isPresent();
        });
    }

    @Test
    void aBatchOfFiveHundredComesBackWhole() {
        var wire = new WireBenchmark();
        assertThat(LineBatch.decode(wire.pack500(), 1 << 22)).hasSize(500);
        assertThat(wire.unpack500()).hasSize(500);
    }

    @Test
    void bothEnginesGiveTheSameAnswersAboutWhatIsMeasuredAndSomeAreYes() {
        RuleSet rules = RulesBenchmark.rules(1000);
        var plain = new RuleEvaluator(rules);
        var drools = DroolsMatcher.of(rules);
        List<Observation> observations = RulesBenchmark.observations(new RuleNeeds(rules));

        assertThat(observations)
                .hasSize(101)
                .allSatisfy(
                        observation -> assertThat(drools.matching(observation)).isEqualTo(plain.matching(observation)));
        assertThat(observations)
                .anySatisfy(
                        observation -> assertThat(plain.matching(observation)).isNotEmpty());
    }
}
