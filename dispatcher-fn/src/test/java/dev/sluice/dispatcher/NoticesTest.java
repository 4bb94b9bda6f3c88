package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReport.State;
import dev.sluice.model.rules.RuleSetTiming;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a dispatcher tells of rule sets, and how long that may take:
 *
 * <ul>
 *   <li>a rule set that it cannot read is reported as refused, once, with the reason;
 *   <li>reporting stops after its time; the rest is told after later invocations, and no more is kept than is stated;
 *   <li>looking for newer rule sets stops after its time in each invocation; accounts not looked at get everything.
 * </ul>
 */
class NoticesTest {
    private static final Duration SLOWLY = Duration.ofMillis(100);

    private final MemoryRuleSets ruleSets = new MemoryRuleSets();
    private final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    private final TickingClock clock = new TickingClock();
    private final CurrentRules rules = new CurrentRules(new Slow(), clock::nanoTime);
    private final Notices notices = new Notices(this::putSlowly, "env-1", clock, clock::nanoTime);

    @Test
    void aRuleSetThatCannotBeReadIsReportedAsRefusedOnce() {
        for (int number = 1; number < 3; number++) {
            ruleSets.publish("demo", number, new byte[] {'{'});
            for (int time = 0; time < 3; time++) {
                tellWhatIsMet("demo");
                clock.pass(RuleSetTiming.REFRESH);
            }
        }

        assertThat(reports.put()).extracting(RuleSetReport::number).containsExactly(1, 2);
        assertThat(reports.put()).extracting(RuleSetReport::state).containsOnly(State.REFUSED);
        assertThat(reports.put().getFirst().reason().orElse("")).startsWith("not a rule set: ");
    }

    @Test
    void reportingStopsAfterItsTimeAndGoesOnLater() {
        int inTime = (int) Limits.REPORTING.dividedBy(SLOWLY);
        Map<String, Integer> learnt = new TreeMap<>();
        for (int account = 0; account < 2 * inTime; account++) {
            learnt.put("account-" + account, 1);
        }
        notices.tell(learnt, List.of());
        assertThat(reports.put()).hasSize(inTime);

        notices.tell(Map.of(), List.of());
        assertThat(reports.put())
                .extracting(RuleSetReport::account)
                .containsExactlyInAnyOrderElementsOf(learnt.keySet());
    }

    @Test
    void whatIsNotToldIsBounded() {
        reports.down(true);
        for (int number = 1; number < 10; number++) {
            for (int account = 0; account < Limits.MAX_REPORTS; account++) {
                notices.tell(Map.of("account-" + account, number), List.of());
            }
        }
        reports.down(false);
        for (int time = 0; time < 100; time++) {
            notices.tell(Map.of(), List.of());
        }

        assertThat(reports.put()).hasSize(Limits.MAX_REPORTS);
        assertThat(reports.put()).extracting(RuleSetReport::number).containsOnly(9);
    }

    @Test
    void lookingForNewerRuleSetsIsBoundedInEachInvocationAndTheRestGetsEverything() {
        int inTime = (int) Limits.REFRESHING.dividedBy(SLOWLY);
        List<String> accounts = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        rules.begin();
        accounts.forEach(this::isNeeded);
        assertThat(ruleSets.asked()).isEqualTo(inTime).isLessThan(accounts.size());
        accounts.forEach(account -> rules.answered(Map.of(account, 0)));
        assertThat(accounts.stream().filter(account -> !isNeeded(account))).hasSize(inTime);
        assertThat(ruleSets.asked()).isEqualTo(inTime);

        rules.begin();
        accounts.forEach(this::isNeeded);
        assertThat(accounts.stream().filter(this::isNeeded)).isEmpty();
    }

    @Test
    void soIsReadingThoseInBetween() {
        for (int number = 1; number <= Limits.MAX_MET; number++) {
            ruleSets.publish("demo", number, RuleSetJson.write(Samples.naming("demo", number, "Event")));
        }
        rules.begin();
        isNeeded("demo");
        rules.answered(Map.of("demo", 1));
        clock.pass(RuleSetTiming.REFRESH);
        rules.begin();

        int before = ruleSets.asked();
        assertThat(isNeeded("demo")).isTrue();
        assertThat(ruleSets.asked() - before).isEqualTo((int) Limits.REFRESHING.dividedBy(SLOWLY));
    }

    private boolean isNeeded(String account) {
        return rules.need(account, EventType.TRACK, Optional.of("Other"));
    }

    private void tellWhatIsMet(String account) {
        rules.begin();
        isNeeded(account);
        notices.tell(rules.learnt(), rules.unread());
    }

    private boolean putSlowly(RuleSetReport report) {
        clock.pass(SLOWLY);
        return reports.put(report);
    }

    /** Takes its time. */
    private final class Slow implements RuleSets {
        @Override
        public Newest newest(String account, int after) {
            clock.pass(SLOWLY);
            return ruleSets.newest(account, after);
        }

        @Override
        public Newest read(String account, int number) {
            clock.pass(SLOWLY);
            return ruleSets.read(account, number);
        }
    }
}
