package dev.sluice.tracker.web;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * How much of this node's capacity is in use, 0 to 1: the one number by which nodes are added and removed. Thread-safe to
 * read; {@link #look} belongs to one thread.
 *
 * <p>A tracker can run out of four things: processor time, one event loop's time (its connections are bound to it, so one
 * can be full while the machine is not), room for events on their way, room for requests that wait. The fullest of them
 * decides, since it is the one at which requests begin to be refused. Processor time and the loops' are those since the
 * look before.
 */
public final class NodeLoad {
    private final DoubleSupplier pending;
    private final DoubleSupplier requests;
    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long lookedAt = System.nanoTime();
    private long processNanos = machine.getProcessCpuTime();
    private long[] loopNanos = new long[0];
    private volatile Parts parts = new Parts(0, 0, 0, 0);

    /** Of each thing, how much is in use. */
    record Parts(double processors, double busiestLoop, double pending, double requests) {
        double fullest() {
            return Math.min(1, Math.max(Math.max(processors, busiestLoop), Math.max(pending, requests)));
        }

        Map<String, Double> byName() {
            return Map.of(
                    "processors", processors, "busiest_loop", busiestLoop, "pending", pending, "requests", requests);
        }
    }

    /**
     * @param pending how full the batcher is, 0 to 1
     * @param requests how many of the requests that may wait do, 0 to 1
     */
    public NodeLoad(DoubleSupplier pending, DoubleSupplier requests) {
        this.pending = pending;
        this.requests = requests;
    }

    /**
     * Measures again.
     *
     * @param loops processor time of each event loop since its start, in nanoseconds
     */
    public void look(long[] loops) {
        long now = System.nanoTime();
        long process = machine.getProcessCpuTime();
        double passed = Math.max(1, now - lookedAt);
        double busiest = 0;
        for (int i = 0; i < Math.min(loops.length, loopNanos.length); i++) {
            busiest = Math.max(busiest, (loops[i] - loopNanos[i]) / passed);
        }
        double processors = (process - processNanos) / (passed * machine.getAvailableProcessors());
        parts = new Parts(processors, busiest, pending.getAsDouble(), requests.getAsDouble());
        lookedAt = now;
        processNanos = process;
        loopNanos = loops.clone();
    }

    /** As of the last look. */
    public double value() {
        return parts.fullest();
    }

    Parts parts() {
        return parts;
    }
}
