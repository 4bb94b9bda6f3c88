package dev.sluice.dispatcher;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Gives the classifier the lines of a shard's records that some rule needs, in their order, and stops at the first
 * record that cannot be done. Not thread-safe: Lambda gives an environment one invocation at a time.
 *
 * <p>A record is done when each of its lines is classified, needed by no rule, or set aside. The lines of an invocation
 * travel in one request as long as they keep within the {@link Limits}; a record is never divided.
 */
public final class Dispatch {
    private final CurrentRules rules;
    private final Sorting sorting;
    private final Aside aside;
    private final Delivery delivery;
    private final Notices notices;

    public Dispatch(Ports ports, Host host) {
        var ticks = new Ticks(host.nanoTime(), host.clock());
        this.rules = new CurrentRules(ports.ruleSets(), ticks);
        this.sorting = new Sorting(rules);
        this.aside = new Aside(ports.setAsides());
        this.delivery = new Delivery(lines -> noted(ports.classification().classify(lines)), aside);
        this.notices = new Notices(ports.reports(), host.instance(), host.clock(), ticks);
    }

    /** What a dispatcher talks to. */
    public record Ports(
            RuleSets ruleSets, Classification classification, SetAsides setAsides, RuleSetReports reports) {}

    /**
     * Where a dispatcher runs.
     *
     * @param instance names the environment; see {@code RuleSetReport.instanceName}
     * @param nanoTime a clock that never goes back, in nanoseconds; may stand still while the environment is frozen
     */
    public record Host(String instance, InstantSource clock, LongSupplier nanoTime) {
        /** By the machine's clocks. */
        public static Host of(String instance) {
            return new Host(instance, InstantSource.system(), System::nanoTime);
        }
    }

    private Classification.Verdict noted(Classification.Verdict verdict) {
        if (verdict instanceof Classification.Classified classified) {
            rules.answered(classified.ruleSets());
        }
        return verdict;
    }

    /** Sees to the records of one shard, oldest first. */
    public Report dispatch(List<StreamRecord> records) {
        var run = new Run(records);
        rules.begin();
        for (int at = 0; at < records.size() && run.stopped.isEmpty(); at++) {
            take(run, at);
        }
        run.deliver();
        Map<String, Integer> learnt = rules.learnt();
        notices.tell(learnt, rules.unread());
        return run.report(learnt);
    }

    private void take(Run run, int at) {
        StreamRecord record = run.records.get(at);
        switch (sorting.sort(record)) {
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

        Report report(Map<String, Integer> learnt) {
            return new Report(records.size(), delivered, setAside, stopped, learnt);
        }
    }
}
