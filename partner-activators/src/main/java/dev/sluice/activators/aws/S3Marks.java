package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.Marks;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Marks as objects {@code propagator/<name>.json} in S3. Thread-safe. */
public final class S3Marks implements Marks {
    private final S3Client s3;
    private final String bucket;

    public S3Marks(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key(name)))
                            .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unreachable(name, e);
        }
    }

    @Override
    public void write(String name, byte[] content) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key(name)).contentType("application/json"),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw unreachable(name, e);
        }
    }

    @Override
    public void remove(String name) {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(key(name)));
        } catch (SdkException e) {
            throw unreachable(name, e);
        }
    }

    private static String key(String name) {
        return "propagator/" + name + ".json";
    }

    private static UnreachableException unreachable(String name, SdkException e) {
        return new UnreachableException(key(name) + ": " + e.getClass().getSimpleName(), e);
    }
}
