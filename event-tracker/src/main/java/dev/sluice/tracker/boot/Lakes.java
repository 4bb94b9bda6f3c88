package dev.sluice.tracker.boot;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.aws.S3LakeBucket;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The lake twice: a request must not wait long for it, work in the background may take the time that it needs. */
record Lakes(S3AsyncClient quick, S3AsyncClient patient, String bucket) implements AutoCloseable {
    S3LakeBucket forRequests() {
        return new S3LakeBucket(quick, bucket);
    }

    LakeBucket forBackground() {
        return new S3LakeBucket(patient, bucket);
    }

    @Override
    public void close() {
        quick.close();
        patient.close();
    }
}
