package dev.sluice.tracker.boot;

import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.RejectedEvents;
import dev.sluice.tracker.aws.KinesisSettings;
import dev.sluice.tracker.failover.Breaker;
import dev.sluice.tracker.failover.FailoverReplay;
import dev.sluice.tracker.plan.PlanSettings;
import dev.sluice.tracker.web.ListenerSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * All that can be set, read once; the defaults are in application.yaml. An unknown name with our prefix stops the start,
 * and so does a value out of its range; messages name both.
 *
 * @param writeKeys {@code key=account}, at least one unless there are tracking plans
 * @param node this node's address in events and object names; found if empty
 * @param lakeBucket of failover objects and rejected events
 * @param s3PathStyle the bucket in the path, for servers on one machine
 * @param s3Within time of one S3 call, retries included, 50 ms to 30 s
 * @param answerWithin time of one request, then 503; at least the batch's linger, Kinesis' time and S3's together,
 *     otherwise a client could be told 503 while its events still find their way
 * @param compressors threads that compress, 1 to 64
 * @param regionAfter for how long the stream may fail before {@code /health/region} says so, 1 s to 1 h
 */
@ConfigurationProperties(prefix = "sluice.tracker", ignoreUnknownFields = false)
public record TrackerSettings(
        List<String> writeKeys,
        String node,
        String lakeBucket,
        boolean s3PathStyle,
        Duration s3Within,
        Duration answerWithin,
        int compressors,
        Duration regionAfter,
        ListenerSettings http,
        Limits limits,
        BatchBounds batch,
        ClockSettings clock,
        KinesisSettings kinesis,
        Breaker.Settings breaker,
        FailoverReplay.Settings replay,
        RejectedEvents.Settings rejected,
        PlanSettings plans) {
    public TrackerSettings {
        writeKeys = writeKeys == null ? List.of() : List.copyOf(writeKeys);
        node = node == null ? "" : node;
        if (!node.matches("[0-9A-Za-z.-]{0,64}")) {
            throw new IllegalArgumentException("node must be an address of up to 64 letters, digits, dots and hyphens");
        }
        require("lake-bucket", lakeBucket);
        require("answer-within", answerWithin);
        require("region-after", regionAfter);
        require("http", http);
        require("limits", limits);
        require("batch", batch);
        require("clock", clock);
        require("kinesis", kinesis);
        require("breaker", breaker);
        require("replay", replay);
        require("rejected", rejected);
        require("plans", plans);
        if (lakeBucket.isBlank()) {
            throw new IllegalArgumentException("lake-bucket is empty");
        }
        if (s3Within == null || s3Within.toMillis() < 50 || s3Within.toSeconds() > 30) {
            throw new IllegalArgumentException("s3-within is " + s3Within + "; it must be from 50 ms to 30 s");
        }
        Duration needed = batch.linger().plus(kinesis.within()).plus(s3Within);
        if (answerWithin.compareTo(needed) < 0) {
            throw new IllegalArgumentException("answer-within is " + answerWithin + "; it must be at least " + needed
                    + ", which is batch.linger, kinesis.within and s3-within together");
        }
        if (compressors < 1 || compressors > 64) {
            throw new IllegalArgumentException("compressors is " + compressors + "; it must be from 1 to 64");
        }
    }

    private static void require(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
