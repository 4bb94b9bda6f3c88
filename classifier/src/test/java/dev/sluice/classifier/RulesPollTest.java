package dev.sluice.classifier;

import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An account whose rule sets are slow to come keeps no other waiting, and a look that fails is followed by others. */
class RulesPollTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean failing = new AtomicBoolean(true);

    @Test
    void aSlowAccountKeepsNoOtherWaiting() {
        published.publish(Samples.rules(1, 2));
        RunningRules rules = Samples.runningRules(new Slow(), RuleEvaluator::new, List.of("demo", "slow"));
        var poll = new RulesPoll(rules, OFTEN);
        try {
            Client.await(rules::report, report -> report.numbers().equals(Map.of("demo", 1)));
            published.publish(Samples.rules(2, 2));
            Client.await(rules::report, report -> report.numbers().equals(Map.of("demo", 2)));
            end.countDown();
            Client.await(rules::report, report -> report.numbers().equals(Map.of("demo", 2, "slow", 0)));
        } finally {
            end.countDown();
            poll.close();
        }
    }

    /** Answers for one account only when the test ends, and fails at first for the other. */
    private final class Slow implements RuleSets {
        @Override
        public Answer<List<Listed>> list(String account, int after, int most) {
            if (account.equals("slow")) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            } else if (failing.getAndSet(false)) {
                throw new IllegalStateException("a fault that nobody thought of");
            }
            return published.list(account, after, most);
        }

        @Override
        public Answer<RuleSet> read(String account, int number) {
            return published.read(account, number);
        }
    }
}
