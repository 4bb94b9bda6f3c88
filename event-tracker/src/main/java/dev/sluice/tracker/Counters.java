package dev.sluice.tracker;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What was done since the start, for people and the live view. Thread-safe; each figure is right, together they may lag. */
public final class Counters {
    /** Of the figures, those that are a state and may fall; the others only grow. */
    public static final Set<String> GAUGES = Set.of(
            "failoverObjects",
            "failoverOldestSeconds",
            "failoverUnreadable",
            "pendingBytes",
            "plansInForce",
            "planLookAgeSeconds");

    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder kinesisRecords = new LongAdder();
    private final Map<Outcome.Why, LongAdder> failoverBatches = new EnumMap<>(Outcome.Why.class);
    private final LongAdder replayedEvents = new LongAdder();
    private final LongAdder rejectedLost = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder plansRefused = new LongAdder();
    private final LongAdder planReadFailures = new LongAdder();
    private final LongAdder backgroundFailures = new LongAdder();
    private volatile long plansInForce;
    private volatile long plansLookedAt;
    private final LongSupplier nanoTime;
    private final LongAdder replayedObjects = new LongAdder();
    private final LongAdder replayFailures = new LongAdder();
    private final LongAdder sharedBatches = new LongAdder();
    private final LongAdder sharedBatchesFailed = new LongAdder();
    private volatile long pendingBytes;
    private volatile long failoverObjects;
    private volatile long failoverOldestSeconds;
    private volatile long failoverUnreadable;

    public Counters() {
        this(System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    public Counters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (Outcome.Why why : Outcome.Why.values()) {
            failoverBatches.put(why, new LongAdder());
        }
        this.plansLookedAt = nanoTime.getAsLong();
    }

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

    /** A batch that went to S3 because Kinesis did not take it. */
    public void addFailoverBatch(Outcome.Why why) {
        failoverBatches(why).increment();
    }

    /** Every reason has its place from the start, so that reading needs no lock. */
    private LongAdder failoverBatches(Outcome.Why why) {
        return Objects.requireNonNull(failoverBatches.get(why));
    }

    /** Events that came back from S3 into Kinesis. */
    public void addReplayedEvents(long events) {
        replayedEvents.add(events);
    }

    /** Failover objects whose events are all back in Kinesis. */
    public void addReplayedObjects(long objects) {
        replayedObjects.add(objects);
    }

    /** Puts of a replay that Kinesis did not take whole, and calls of S3 for it that failed. They are made again. */
    public void addReplayFailures(long failures) {
        replayFailures.add(failures);
    }

    /** Batches that Kinesis took and that were written to S3 as well. */
    public void addSharedBatches(long count) {
        sharedBatches.add(count);
    }

    /** Batches that were to be written to S3 as well and were not: S3 does not work. */
    public void addSharedBatchesFailed(long count) {
        sharedBatchesFailed.add(count);
    }

    /** Failover objects of all nodes that wait in S3 now, up to 1,000, and the age of the oldest. */
    public void failoverWaiting(long objects, long oldestSeconds) {
        failoverObjects = objects;
        failoverOldestSeconds = oldestSeconds;
    }

    /** Failover objects that wait for another release, since this one does not know their format. */
    public void failoverUnreadable(long objects) {
        failoverUnreadable = objects;
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

    /** The list of tracking plans was read now. */
    public void plansLookedAt() {
        plansLookedAt = nanoTime.getAsLong();
    }

    /** Work in the background that ended in an unforeseen way, and was begun again. */
    public void addBackgroundFailures(long count) {
        backgroundFailures.add(count);
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
        figures.put(
                "failoverBatches",
                failoverBatches.values().stream().mapToLong(LongAdder::sum).sum());
        figures.put("failoverRefused", failoverBatches(Outcome.Why.REFUSED).sum());
        figures.put("failoverLate", failoverBatches(Outcome.Why.LATE).sum());
        figures.put("failoverFailed", failoverBatches(Outcome.Why.FAILED).sum());
        figures.put("failoverKeptAway", failoverBatches(Outcome.Why.KEPT_AWAY).sum());
        figures.put("failoverObjects", failoverObjects);
        figures.put("failoverOldestSeconds", failoverOldestSeconds);
        figures.put("failoverUnreadable", failoverUnreadable);
        figures.put("replayedEvents", replayedEvents.sum());
        figures.put("replayedObjects", replayedObjects.sum());
        figures.put("replayFailures", replayFailures.sum());
        figures.put("sharedBatches", sharedBatches.sum());
        figures.put("sharedBatchesFailed", sharedBatchesFailed.sum());
        figures.put("rejectedLost", rejectedLost.sum());
        figures.put("rateLimited", rateLimited.sum());
        figures.put("plansInForce", plansInForce);
        figures.put("plansRefused", plansRefused.sum());
        figures.put("planReadFailures", planReadFailures.sum());
        figures.put("planLookAgeSeconds", TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - plansLookedAt));
        figures.put("backgroundFailures", backgroundFailures.sum());
        figures.put("pendingBytes", pendingBytes);
        return figures;
    }
}
