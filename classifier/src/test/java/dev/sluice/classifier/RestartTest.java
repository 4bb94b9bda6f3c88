package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetTiming;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What outlives a restart:
 *
 * <ul>
 *   <li>while the repository is down, lists none or holds nothing that can run, the last good rule set runs, and why it does is seen;
 *   <li>what was refused by share stays refused, until the operator allows it;
 *   <li>a disk that cannot be read or written is said to be so, and stops nothing.
 * </ul>
 */
class RestartTest {
    private final OneAccount account = new OneAccount();

    @Test
    void whileTheRepositoryIsDownARestartRunsTheLastGoodOne() {
        account.runs(1, 2);
        account.published.publish(Samples.rules(2, 2));
        account.takeTime();
        account.published.fault(Optional.of("S3 is away"));
        account.restart(0.9);
        account.rules.poll();
        account.rules.poll();

        assertThat(account.rules.report())
                .isEqualTo(new RunningRules.Report(
                        true,
                        Map.of("demo", 2),
                        Map.of("demo", "rule set 2 runs as it was kept on disk, because S3 is away")));

        account.published.fault(Optional.empty());
        account.published.publish(Samples.rules(3, 2));
        account.rules.poll();
        assertThat(account.number()).as("it waits like any other").isEqualTo(2);
        account.pass(RuleSetTiming.SWAP_DELAY);
        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 3), Map.of()));
    }

    @Test
    void ifNothingInTheRepositoryCanRunTheLastGoodOneDoes() {
        account.runs(1, 2);
        account.published.publish("demo", 1, "{".getBytes(StandardCharsets.UTF_8));
        account.restart(0.9);
        account.rules.poll();

        assertThat(account.number()).isEqualTo(1);
        assertThat(account.rules.report().problems().get("demo"))
                .startsWith("rule set 1 runs as it was kept on disk, because rule set 1 is refused: bundle 1");
    }

    @Test
    void ifTheRepositoryListsNoneTheLastGoodOneRunsAndThatIsSeenUntilItIsThereAgain() {
        account.runs(2, 2);
        account.published.clear();
        account.restart(0.9);
        for (int look = 0; look < 2; look++) {
            account.rules.poll();
            assertThat(account.rules.report())
                    .isEqualTo(new RunningRules.Report(
                            true,
                            Map.of("demo", 2),
                            Map.of(
                                    "demo",
                                    "rule set 2 runs as it was kept on disk, because it is not in the repository")));
        }

        account.published.publish(Samples.rules(2, 2));
        account.rules.poll();
        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
    }

    @Test
    void ifTheRepositoryListsNoneWhenItIsBackThatIsSeenToo() {
        account.runs(2, 2);
        account.published.clear();
        account.published.fault(Optional.of("S3 is away"));
        account.restart(0.9);
        account.rules.poll();
        account.published.fault(Optional.empty());
        account.rules.poll();

        assertThat(account.number()).isEqualTo(2);
        assertThat(account.rules.report().problems().get("demo")).endsWith("because it is not in the repository");
    }

    @Test
    void ifTheRepositoryListsNoneAndTheLastGoodOneCannotRunNothingIsPassedOver() {
        account.runs(2, 2);
        account.published.clear();
        account.disk.keep(
                "demo",
                new LastGoodRules.Kept(
                        Optional.of(new RuleSet(
                                "demo", 2, Samples.rules(1, 2).segments().subList(0, 1))),
                        Map.of()));
        account.restart(0.9);
        account.rules.poll();
        account.rules.poll();

        assertThat(account.rules.report().ready()).isFalse();
        assertThat(account.rules.of("demo")).isEqualTo(new RunningRules.NotKnown());
    }

    @Test
    void withoutALastGoodOneARestartWaitsForTheRepository() {
        account.published.fault(Optional.of("S3 is away"));
        account.rules.poll();

        assertThat(account.rules.report())
                .isEqualTo(new RunningRules.Report(false, Map.of(), Map.of("demo", "S3 is away")));
    }

    @Test
    void whatWasRefusedByShareStaysSoAfterARestartUntilTheOperatorAllowsIt() {
        account.runs(1, 2);
        account.see(ShareCheck.LEAST, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();
        account.restart(0.9);
        account.takeTime();
        assertThat(account.number()).isEqualTo(1);
        assertThat(account.rules.report().problems().get("demo")).startsWith("rule set 2 is refused: segment skips");

        account.restart(1);
        account.rules.poll();
        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
    }

    @Test
    void aDiskThatCannotBeUsedStopsNothingAndIsTriedAgain() {
        account.disk.fault(Optional.of("disk full"));
        account.runs(1, 2);
        account.published.publish(Samples.rules(2, 2));
        account.takeTime();
        assertThat(account.rules.report())
                .isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of("demo", "disk full")));

        account.disk.fault(Optional.empty());
        account.rules.poll();
        assertThat(account.rules.report().problems()).isEmpty();
        assertThat(account.disk.read("demo"))
                .isEqualTo(new Answer.Found<>(new LastGoodRules.Kept(Optional.of(Samples.rules(2, 2)), Map.of())));
    }
}
