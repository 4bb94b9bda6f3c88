package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.connections.RemovalNotes;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Which connections were removed, as objects {@code activators/removed/<account>/<kind>.json}. Thread-safe. */
public final class S3RemovalNotes implements RemovalNotes {
    private final S3Client s3;
    private final String bucket;

    public S3RemovalNotes(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> read(String account, String kind) {
        try {
            return Optional.of(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(account, kind)))
                    .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unreachable(account, kind, e);
        }
    }

    @Override
    public void write(String account, String kind, byte[] notes) {
        try {
            s3.putObject(
                    put -> put.bucket(bucket).key(key(account, kind)).contentType("application/json"),
                    RequestBody.fromBytes(notes));
        } catch (SdkException e) {
            throw unreachable(account, kind, e);
        }
    }

    private static String key(String account, String kind) {
        return "activators/removed/%s/%s.json".formatted(account, kind);
    }

    private static UnreachableException unreachable(String account, String kind, SdkException e) {
        return new UnreachableException(key(account, kind) + ": " + e.getClass().getSimpleName(), e);
    }
}
