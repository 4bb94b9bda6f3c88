package dev.sluice.tracker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was done since the start, for people and the live view. Thread-safe; each figure is right, together they may lag. */
public final class Counters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder kinesisRecords = new LongAdder();
    private final LongAdder failoverBatches = new LongAdder();
    private final LongAdder replayedEvents = new LongAdder();
    private final LongAdder rejectedLost = new LongAdder();
    private volatile long pendingBytes;

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
        figures.put("pendingBytes", pendingBytes);
        return figures;
    }
}
