package dev.sluice.tracker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What was done since the start, for people and the live view. Thread-safe; each figure is right, together they may lag. */
public final class Counters {
    /** Of the figures, those that are a state and may fall; the others only grow. */
    public static final Set<String> GAUGES = Set.of("pendingBytes", "plansInForce");

    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder kinesisRecords = new LongAdder();
    private final LongAdder failoverBatches = new LongAdder();
    private final LongAdder replayedEvents = new LongAdder();
    private final LongAdder rejectedLost = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder plansRefused = new LongAdder();
    private final LongAdder planReadFailures = new LongAdder();
    private volatile long pendingBytes;
    private volatile long plansInForce;

    /** Events answered 200. */
    public void addAccepted(long events) {
        accepted.add(events);
    }

    /** Events refused, and bodies refused whole. */
    public void addRejected(long events) {
        rejected.add(events);
    }

    /** Events answered 503. */
    public void addUnavailable(long events) {
        unavailable.add(events);
    }

    /** Micro-batches that left the batcher. */
    public void addBatches(long count) {
        batches.add(count);
    }

    /** Records that Kinesis acknowledged. */
    public void addKinesisRecords(long records) {
        kinesisRecords.add(records);
    }

    /** Batches that went to S3 because Kinesis could not take them. */
    public void addFailoverBatches(long count) {
        failoverBatches.add(count);
    }

    /** Events that came back from S3 into Kinesis. */
    public void addReplayedEvents(long events) {
        replayedEvents.add(events);
    }

    /** Rejected events that could not be kept for want of room. */
    public void addRejectedLost(long events) {
        rejectedLost.add(events);
    }

    /** Requests answered 429. */
    public void addRateLimited(long requests) {
        rateLimited.add(requests);
    }

    /** Published tracking plans that are none, so that the one before stayed. */
    public void addPlansRefused(long count) {
        plansRefused.add(count);
    }

    /** Looks for tracking plans that the store did not answer. */
    public void addPlanReadFailures(long count) {
        planReadFailures.add(count);
    }

    /** Accounts that have a tracking plan now. */
    public void plansInForce(long count) {
        plansInForce = count;
    }

    /** Bytes of events on their way now. */
    public void pendingBytes(long bytes) {
        pendingBytes = bytes;
    }

    /** All figures by name, in a fixed order. */
    public Map<String, Long> read() {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("accepted", accepted.sum());
        figures.put("rejected", rejected.sum());
        figures.put("unavailable", unavailable.sum());
        figures.put("batches", batches.sum());
        figures.put("kinesisRecords", kinesisRecords.sum());
        figures.put("failoverBatches", failoverBatches.sum());
        figures.put("replayedEvents", replayedEvents.sum());
        figures.put("rejectedLost", rejectedLost.sum());
        figures.put("rateLimited", rateLimited.sum());
        figures.put("plansInForce", plansInForce);
        figures.put("plansRefused", plansRefused.sum());
        figures.put("planReadFailures", planReadFailures.sum());
        figures.put("pendingBytes", pendingBytes);
        return figures;
    }
}
