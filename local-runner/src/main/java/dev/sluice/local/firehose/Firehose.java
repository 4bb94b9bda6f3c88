package dev.sluice.local.firehose;

import dev.sluice.local.eventsource.KinesisShards;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.eventsource.ShardConsumer;
import dev.sluice.local.eventsource.ShardReader;
import dev.sluice.local.eventsource.ShardWorkers;
import dev.sluice.local.eventsource.Stop;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.ServerFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A delivery stream from Kinesis to S3. It begins at the oldest record, reads each shard once a second as Firehose does,
 * and changes nothing: records that are zstd frames or gzip members become a valid file of them. An object that cannot be
 * written is tried again without end, and reading waits meanwhile; nothing is dropped. At least once. Thread-safe.
 */
public final class Firehose implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Firehose.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);
    private static final int RECORDS_A_READ = 10_000;

    private final S3Client s3;
    private final FirehoseSettings settings;
    private final DeliveryBuffer buffer;
    private final Clock clock = Clock.systemUTC();
    private final Stop stop = new Stop();
    private final ShardWorkers<Record> workers;
    private final LongAdder recordsRead = new LongAdder();
    private final LongAdder recordsDelivered = new LongAdder();
    private final LongAdder bytesDelivered = new LongAdder();
    private final LongAdder objects = new LongAdder();
    private final LongAdder failedPuts = new LongAdder();
    /** Taken from the buffer and not yet in S3. Guarded by this. */
    private Optional<Delivery> underWay = Optional.empty();

    private Firehose(AwsClients clients, FirehoseSettings settings) {
        this.s3 = clients.s3();
        this.settings = settings;
        this.buffer = new DeliveryBuffer(settings);
        this.workers = ShardWorkers.start(new ShardWorkers.Work<>(
                "firehose " + settings.stream(),
                new KinesisShards(clients.kinesis(), settings.stream()),
                ReadPace.KINESIS_POLLED,
                RECORDS_A_READ,
                shard -> new Consumer()));
    }

    /** Starts at once; stream and bucket may be created later. */
    public static Firehose start(AwsClients clients, FirehoseSettings settings) {
        var firehose = new Firehose(clients, settings);
        Thread.ofVirtual().name("courier of " + settings.stream()).start(firehose::carry);
        return firehose;
    }

    public FirehoseCounters counters() {
        return new FirehoseCounters(
                recordsRead.sum(), recordsDelivered.sum(), bytesDelivered.sum(), objects.sum(), failedPuts.sum());
    }

    /**
     * Writes what is collected now, without waiting for a bound.
     *
     * @throws ServerFailure if S3 takes it not within 10 s; it is then still kept and tried
     */
    public void flush() {
        try {
            long deadline = System.nanoTime() + FLUSH_LIMIT.toNanos();
            while (!deliver()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new ServerFailure("S3 does not take what was collected of " + settings.stream());
                }
                Thread.sleep(TICK);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("interrupted while delivering " + settings.stream(), interrupted);
        }
    }

    /**
     * Stops reading and writes everything that was read.
     *
     * @throws ServerFailure if S3 does not take it all within about 20 s; the message says how many records are left
     */
    @Override
    public void close() {
        // The courier goes on meanwhile, so that what a worker holds finds room.
        workers.close();
        stop.now();
        flush();
        long left = recordsRead.sum() - recordsDelivered.sum();
        if (left > 0) {
            throw new ServerFailure(left + " records of " + settings.stream() + " were read and not delivered");
        }
    }

    private void carry() {
        try {
            int failures = 0;
            while (!stop.within(failures == 0 ? TICK : pause(failures))) {
                if (failures > 0 || buffer.due(clock.instant())) {
                    failures = deliver() ? 0 : failures + 1;
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration pause(int failures) {
        Duration pause = TICK.multipliedBy(1L << Math.min(failures, 6));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Tries to write what is under way or else what is collected; true if nothing is left of it. */
    private synchronized boolean deliver() {
        if (underWay.isEmpty()) {
            underWay = buffer.take(UUID.randomUUID());
        }
        if (underWay.isEmpty()) {
            return true;
        }
        Delivery delivery = underWay.get();
        try {
            s3.putObject(
                    it -> it.bucket(settings.bucket()).key(delivery.key(settings)),
                    RequestBody.fromBytes(delivery.body()));
        } catch (SdkException down) {
            failedPuts.increment();
            LOG.warn(
                    "{} records of {} cannot be delivered: {}",
                    delivery.records(),
                    settings.stream(),
                    down.getMessage());
            return false;
        }
        underWay = Optional.empty();
        recordsDelivered.add(delivery.records());
        bytesDelivered.add(delivery.body().length);
        objects.increment();
        return true;
    }

    private final class Consumer implements ShardConsumer<Record> {
        @Override
        public void accept(ShardReader.Page<Record> page) throws InterruptedException {
            for (Record record : page.records()) {
                recordsRead.increment();
                byte[] data = record.data().asByteArrayUnsafe();
                while (!buffer.offer(data, record.approximateArrivalTimestamp(), clock.instant())) {
                    if (stop.within(TICK)) {
                        return;
                    }
                }
            }
        }

        @Override
        public Duration patience() {
            return ANY;
        }
    }
}
