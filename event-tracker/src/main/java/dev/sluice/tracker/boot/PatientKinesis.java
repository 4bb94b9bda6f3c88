package dev.sluice.tracker.boot;

import dev.sluice.tracker.aws.KinesisEventSink;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Kinesis for what no request waits for. */
record PatientKinesis(KinesisAsyncClient client, KinesisEventSink sink) implements AutoCloseable {
    @Override
    public void close() {
        client.close();
    }
}
