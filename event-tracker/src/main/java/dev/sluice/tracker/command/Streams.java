package dev.sluice.tracker.command;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.aws.AwsClients;
import dev.sluice.tracker.aws.KinesisEventSink;
import dev.sluice.tracker.aws.KinesisSettings;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Opens the stream that a command puts events into. */
@FunctionalInterface
interface Streams {
    /** Nobody waits for an answer here. */
    Duration WITHIN = Duration.ofSeconds(20);

    /** A stream and what must be closed after it. */
    record Stream(EventSink sink, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    Stream open(String name, Counters counters);

    /** The real ones; Region, credentials and endpoints come from the SDK's own environment variables. */
    static Streams inKinesis() {
        return (name, counters) -> {
            KinesisSettings settings;
            try {
                settings = new KinesisSettings(name, WITHIN, 8, Duration.ofMillis(100));
            } catch (IllegalArgumentException e) {
                throw Failure.wrongUse(String.valueOf(e.getMessage()));
            }
            var client = AwsClients.kinesis(WITHIN.dividedBy(4));
            var timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("timer").daemon().factory());
            var sink = new KinesisEventSink(client, settings, timer, RandomGenerator.getDefault(), counters);
            return new Stream(sink, () -> {
                timer.shutdownNow();
                client.close();
            });
        };
    }
}
