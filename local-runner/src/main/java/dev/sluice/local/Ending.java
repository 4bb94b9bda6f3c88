package dev.sluice.local;

import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.report.Evidence;
import dev.sluice.local.report.Faults;
import dev.sluice.local.report.Report;
import dev.sluice.local.report.Verdict;
import dev.sluice.local.simulator.Person;
import dev.sluice.local.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The end of a run: nothing new is sent, everything arrives, and what lies in the stores is held against the truth. */
final class Ending {
    /** Longer than a program takes to start again and the longest pause of a retry. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final House house;
    private final Simulator simulator;
    private final LiveFigures figures;

    Ending(House house, Simulator simulator, LiveFigures figures) {
        this.house = house;
        this.simulator = simulator;
        this.figures = figures;
    }

    /** Waits and judges. What has not arrived when nothing has moved for the limit counts as missing. */
    Report report(long startedNanos) throws InterruptedException {
        simulator.stop();
        simulator.awaitAnswers(LIMIT);
        var settlement = new Settlement(house);
        settlement.await(LIMIT);
        Instant now = Instant.now();
        // Two looks begun from here on have seen everyone who was due now; what they changed is told the partner.
        house.timekeeping().awaitLooks(2, LIMIT);
        settlement.await(LIMIT);
        var facts = new Facts(house.clients());
        Map<String, Map<String, Instant>> profiles = players(facts.profiles());
        return Verdict.judge(new Evidence(
                simulator.truth(now).unlessItChangedBy(simulator.truth(Instant.now())),
                simulator.traffic(),
                profiles,
                facts.lakeIds(),
                players(house.partner().recorded()),
                facts.deliveryIds("webhook"),
                new Evidence.Counts(
                        figures.classified(),
                        figures.profileWrites(),
                        facts.objectCount("set-aside/") + facts.objectCount("aws/lambda/")),
                simulator::firstSentNanos,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                faults()));
    }

    private Faults faults() {
        return house.chaos()
                .map(chaos -> Faults.ofChaos(chaos.seed(), chaos.counts().byWord()))
                .orElse(Faults.NONE);
    }

    /** Of events that somebody else sent meanwhile the simulator knows no truth. */
    private static Map<String, Map<String, Instant>> players(Map<String, Map<String, Instant>> profiles) {
        Map<String, Map<String, Instant>> players = new HashMap<>(profiles);
        players.keySet().removeIf(person -> !Person.isPlayer(person));
        return players;
    }

    private static PartnerRecord players(PartnerRecord all) {
        return new PartnerRecord(
                all.deliveries().stream()
                        .filter(delivery -> Person.isPlayer(delivery.person()))
                        .toList(),
                all.redelivered(),
                all.altered(),
                all.badSignatures(),
                all.unreadable(),
                all.refused(),
                all.overflowed());
    }
}
