package dev.sluice.local.eventsource;

import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Keeps given-up batches in a bucket, one object each, as Lambda does. */
public final class S3FailureDestination implements FailureDestination {
    private final S3Client s3;
    private final String bucket;

    public S3FailureDestination(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void keep(FailedBatch batch) {
        UUID request = UUID.randomUUID();
        s3.putObject(
                it -> it.bucket(bucket).key(batch.key(request)).contentType("application/json"),
                RequestBody.fromBytes(batch.json(request)));
    }
}
