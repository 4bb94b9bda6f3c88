package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is in force:
 *
 * <ul>
 *   <li>nothing is ready before every expected account was looked up; having published nothing is known, too;
 *   <li>a newer rule set replaces the one that runs; one that cannot be read or built does not, and its reason is seen;
 *   <li>if none runs yet, the newest of the last ten that can be read and built does;
 *   <li>a store that goes away changes nothing that runs;
 *   <li>an account met in traffic is looked up at once.
 * </ul>
 */
class RunningRulesTest {
    private final MemoryRuleSets published = new MemoryRuleSets();
    private final RunningRules rules = Samples.runningRules(published, RunningRulesTest::build, List.of("demo"));

    /** An engine that fails on a rule set of one segment. */
    private static Matcher build(RuleSet rules) {
        if (rules.segments().size() == 1) {
            throw new IllegalStateException("cannot build");
        }
        return new RuleEvaluator(rules);
    }

    @Test
    void nothingIsReadyBeforeItWasLookedUp() {
        assertThat(rules.report().ready()).isFalse();
        published.fault(Optional.of("S3 is away"));
        rules.poll();
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(false, Map.of(), Map.of("demo", "S3 is away")));

        published.fault(Optional.empty());
        rules.poll();

        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 0), Map.of()));
        assertThat(rules.of("demo")).isEqualTo(new RunningRules.NoRules());
    }

    @Test
    void aNewerRuleSetReplacesTheOneThatRuns() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        published.publish(Samples.rules(2, 3));
        rules.poll();

        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
    }

    @Test
    void whatCannotBeReadDoesNotReplaceWhatRuns() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        published.publish("demo", 2, "{".getBytes(StandardCharsets.UTF_8));
        rules.poll();

        assertThat(number()).isEqualTo(1);
        assertThat(rules.report().ready()).isTrue();
        assertThat(rules.report().problems().get("demo")).startsWith("rule set 2 is refused: bundle 2: ");

        published.publish(Samples.rules(3, 2));
        rules.poll();
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 3), Map.of()));
    }

    @Test
    void whatCannotBeBuiltDoesNotReplaceWhatRuns() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        published.publish(new RuleSet("demo", 2, Samples.rules(1, 2).segments().subList(0, 1)));
        rules.poll();

        assertThat(number()).isEqualTo(1);
        assertThat(rules.report().problems())
                .isEqualTo(Map.of("demo", "rule set 2 is refused: does not build: IllegalStateException"));
    }

    @Test
    void afterARestartTheNewestThatCanRunRuns() {
        published.publish(Samples.rules(1, 2));
        published.publish(Samples.rules(2, 2));
        published.publish(new RuleSet("demo", 3, Samples.rules(1, 2).segments().subList(0, 1)));
        published.publish("demo", 4, "{".getBytes(StandardCharsets.UTF_8));
        rules.poll();

        assertThat(number()).isEqualTo(2);
        assertThat(rules.report().ready()).isTrue();
        assertThat(rules.report().problems().get("demo")).startsWith("rule set 4 is refused: bundle 4: ");

        rules.poll();
        assertThat(number()).isEqualTo(2);
        assertThat(rules.report().problems().get("demo")).startsWith("rule set 4 is refused: bundle 4: ");
    }

    @Test
    void lookingBackIsBounded() {
        published.publish(Samples.rules(1, 2));
        for (int number = 2; number < 2 + AccountRules.MAX_LOOK_BACK; number++) {
            published.publish("demo", number, "{".getBytes(StandardCharsets.UTF_8));
        }
        rules.poll();

        assertThat(rules.of("demo")).isEqualTo(new RunningRules.NotKnown());
        assertThat(rules.report().ready()).isFalse();
    }

    @Test
    void aStoreThatGoesAwayChangesNothingThatRuns() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        published.fault(Optional.of("S3 is away"));
        rules.poll();

        assertThat(number()).isEqualTo(1);
        assertThat(rules.report())
                .isEqualTo(new RunningRules.Report(true, Map.of("demo", 1), Map.of("demo", "S3 is away")));
    }

    @Test
    void anAccountMetInTrafficIsLookedUpAtOnce() {
        published.publish(new RuleSet("acme", 7, Samples.rules(1, 2).segments()));

        assertThat(rules.of("acme"))
                .isInstanceOfSatisfying(
                        RunningRules.Running.class,
                        running -> assertThat(running.rules().number()).isEqualTo(7));
    }

    private int number() {
        return rules.of("demo") instanceof RunningRules.Running running
                ? running.rules().number()
                : 0;
    }
}
