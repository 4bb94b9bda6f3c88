package dev.sluice.local;

import dev.sluice.local.eventsource.EventSourceCounters;
import dev.sluice.local.eventsource.EventSourceMapping;
import dev.sluice.local.partner.Delivery;
import dev.sluice.local.report.Percentiles;
import dev.sluice.local.simulator.Simulator;
import dev.sluice.local.simulator.Traffic;
import dev.sluice.local.view.LiveSnapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gathers the figures of the live view from the programs and from what is played around them. */
final class LiveFigures implements Supplier<LiveSnapshot> {
    private static final int RECENT = 1_000;

    private final House house;
    private final Simulator simulator;
    private final Counters tracker;
    private final Counters classifier;
    private final long startedNanos = System.nanoTime();
    private final Before before;
    private volatile String state = "running";

    /** What had happened before the players came. */
    private record Before(long accepted, long classified, long profileWrites, long changes, int pushes) {}

    LiveFigures(House house, Simulator simulator) {
        this.house = house;
        this.simulator = simulator;
        this.tracker = new Counters(house.tracker());
        this.classifier = new Counters(house.classifier());
        tracker.refresh();
        classifier.refresh();
        this.before = new Before(
                tracker.total("accepted"),
                classifier.total("classified"),
                house.propagating().counters().recordsDone(),
                classifier.total("changesOfMembership"),
                house.partner().deliveryCount());
    }

    /** Says in a word or three what the run does now. */
    void say(String words) {
        state = words;
    }

    /** Events that the classifier folded, over all its lives. */
    long classified() {
        classifier.refresh();
        return classifier.total("classified") - before.classified();
    }

    /** Versions of profiles that were written. */
    long profileWrites() {
        return house.propagating().counters().recordsDone() - before.profileWrites();
    }

    @Override
    public LiveSnapshot get() {
        tracker.refresh();
        int pushes = house.partner().deliveryCount() - before.pushes();
        List<Delivery> recent = house.partner().latest(Math.min(RECENT, pushes));
        Percentiles latency = Percentiles.fromPost(recent, simulator::firstSentNanos);
        if (latency.count() == 0) {
            latency = Percentiles.fromInterception(recent);
        }
        return new LiveSnapshot(
                words(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                List.of(
                        new LiveSnapshot.Address(
                                "tracker", house.tracker().address().toString()),
                        new LiveSnapshot.Address(
                                "rules", house.rulesConsole().address().toString()),
                        new LiveSnapshot.Address(
                                "classifier", house.classifier().address().toString()),
                        new LiveSnapshot.Address(
                                "partner",
                                house.partner().address().resolve("/").toString())),
                tracker.total("accepted") - before.accepted(),
                classified(),
                profileWrites(),
                classifier.total("changesOfMembership") - before.changes(),
                pushes,
                latency.p50(),
                latency.p99(),
                mappings()
                        .map(EventSourceCounters::iteratorAge)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                failures());
    }

    private String words() {
        return house.chaos()
                .map(chaos -> state + ", " + chaos.counts().total() + " faults")
                .orElse(state);
    }

    private long failures() {
        Traffic traffic = simulator.traffic();
        long invocations = mappings()
                .mapToLong(c -> c.failedInvocations() + c.recordsGivenUp())
                .sum();
        long rows = house.rowChanges().counters().givenUp();
        int restarts = Stream.of(house.tracker(), house.classifier(), house.rulesConsole())
                .mapToInt(Program::restarts)
                .sum();
        return invocations
                + rows
                + restarts
                + traffic.wronglyAccepted()
                + traffic.wronglyRejected()
                + traffic.failedSignUps();
    }

    private Stream<EventSourceCounters> mappings() {
        return Stream.of(house.dispatching(), house.propagating(), house.activating())
                .map(EventSourceMapping::counters);
    }
}
