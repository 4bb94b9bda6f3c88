package dev.sluice.dispatcher;

import static dev.sluice.dispatcher.Samples.record;
import static dev.sluice.dispatcher.Samples.track;

import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.dispatcher.memory.MemorySetAsides;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dispatcher over stores in memory that has heard which rule set the classifier runs: one that needs clicks. */
final class DispatcherUnderTest {
    static final String WANTED = track("demo", "Ad Clicked", "m1");
    static final String WANTED_TOO = track("demo", "Ad Clicked", "m2");
    static final String UNWANTED = track("demo", "Ad Watched", "m3");
    static final String UNRULED = track("other", "Ad Clicked", "m4");

    final MemoryRuleSets ruleSets = new MemoryRuleSets();
    final ScriptedClassification classifier = new ScriptedClassification();
    final MemorySetAsides aside = new MemorySetAsides();
    final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    final TickingClock clock = new TickingClock();
    private final Dispatch dispatcher = new Dispatch(
            new Dispatch.Ports(ruleSets, classifier, aside, reports),
            new Dispatch.Host("env-1", clock, clock::nanoTime));

    DispatcherUnderTest() {
        publish(Samples.naming("demo", 1, "Ad Clicked"));
        classifier.runs(Map.of("demo", 1, "other", 0));
        dispatch(record("0", WANTED, UNRULED));
        classifier.asked().clear();
    }

    Report dispatch(StreamRecord... records) {
        return dispatcher.dispatch(List.of(records));
    }

    /** From which record on an invocation is to come again. */
    Optional<String> resume(StreamRecord... records) {
        return dispatch(records).resume().map(Report.Resume::sequenceNumber);
    }

    void publish(RuleSet rules) {
        ruleSets.publish(rules.account(), rules.number(), RuleSetJson.write(rules));
    }
}
