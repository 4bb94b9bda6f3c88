package dev.sluice.dispatcher;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the classifier the lines of a shard's records that some rule needs, in their order, and stops at the first
 * record that cannot be done. Not thread-safe: Lambda gives an environment one invocation at a time.
 *
 * <p>A record is done when each of its lines is classified, needed by no rule, or set aside. The lines of an invocation
 * travel in one request as long as they keep within the {@link Limits}; a record is never divided.
 */
public final class Dispatch {
    private final Sorting sorting;
    private final Aside aside;
    private final Delivery delivery;

    public Dispatch(RuleSets ruleSets, Classification classification, SetAsides setAsides, Clock clock) {
        this.sorting = new Sorting(new CurrentRules(ruleSets, clock));
        this.aside = new Aside(setAsides);
        this.delivery = new Delivery(classification, aside);
    }

    /** Sees to the records of one shard, oldest first. */
    public Report dispatch(List<StreamRecord> records) {
        var run = new Run(records);
        for (int at = 0; at < records.size() && run.stopped.isEmpty(); at++) {
            take(run, at);
        }
        run.deliver();
        return run.report();
    }

    private void take(Run run, int at) {
        StreamRecord record = run.records.get(at);
        switch (sorting.sort(record)) {
            case Sorting.Undecided(var account) ->
                run.stopAt(at, "the rules of account " + account + " cannot be read");
            case Sorting.Poison(var problem) -> run.setAside(at, 1, aside.poison(record, problem));
            case Sorting.Lines(var needed, var unreadable, var problem) -> {
                if (!unreadable.isEmpty()) {
                    String first = problem.orElse("not an event");
                    run.setAside(at, unreadable.size(), aside.unreadable(record, unreadable, first));
                }
                if (run.stopped.isEmpty()) {
                    run.add(at, needed);
                }
            }
        }
    }

    /** One invocation under way. */
    private final class Run {
        private final List<StreamRecord> records;
        private final List<Line> waiting = new ArrayList<>();
        private long waitingBytes;
        private int delivered;
        private int setAside;
        private Optional<Report.Resume> stopped = Optional.empty();

        Run(List<StreamRecord> records) {
            this.records = records;
        }

        void add(int at, List<byte[]> lines) {
            if (waiting.size() > Limits.MAX_DELIVERY_LINES || waitingBytes > Limits.MAX_DELIVERY_BYTES) {
                deliver();
            }
            if (stopped.isPresent()) {
                return;
            }
            for (byte[] line : lines) {
                waiting.add(new Line(at, line));
                waitingBytes += line.length + 1;
            }
        }

        /** Whatever stopped us stands behind what is waiting: if that fails too, it is the earlier place. */
        void deliver() {
            if (waiting.isEmpty()) {
                return;
            }
            Delivery.Result result = delivery.deliver(records, waiting);
            delivered += waiting.size();
            setAside += result.setAside();
            result.stop().ifPresent(stop -> stopAt(stop.record(), stop.reason()));
            waiting.clear();
            waitingBytes = 0;
        }

        void setAside(int at, int lines, SetAsides.Outcome outcome) {
            switch (outcome) {
                case SetAsides.Kept() -> setAside += lines;
                case SetAsides.NotKept(var reason) -> stopAt(at, reason);
            }
        }

        void stopAt(int at, String reason) {
            stopped = Optional.of(new Report.Resume(records.get(at).sequenceNumber(), reason));
        }

        Report report() {
            return new Report(records.size(), delivered, setAside, stopped);
        }
    }
}
