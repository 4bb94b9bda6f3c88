package dev.sluice.local.eventsource;

import java.time.Duration;

/**
 * How often a shard is read.
 *
 * @param idle from one read to the next when there was nothing more
 * @param backlog from one read to the next when there is more
 */
public record ReadPace(Duration idle, Duration backlog) {
    private static final Duration FIVE_A_SECOND = Duration.ofMillis(200);

    /** Lambda's polling of Kinesis: once a second, and within Kinesis's five reads a second while there is backlog. */
    public static final ReadPace KINESIS_POLLED = new ReadPace(Duration.ofSeconds(1), FIVE_A_SECOND);

    /**
     * In place of enhanced fan-out, which pushes within about 70 ms and knows no limit of reads: a read every 100 ms.
     * The stand-in's SubscribeToShard is no use here: it pushes once a second, and tells neither the end of a shard nor
     * its children.
     */
    public static final ReadPace KINESIS_PUSHED = new ReadPace(Duration.ofMillis(100), Duration.ZERO);

    /** Lambda's polling of DynamoDB streams: four times a second. */
    public static final ReadPace DYNAMODB_STREAMS = new ReadPace(Duration.ofMillis(250), FIVE_A_SECOND);
}
