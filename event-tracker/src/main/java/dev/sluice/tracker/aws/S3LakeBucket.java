package dev.sluice.tracker.aws;

import dev.sluice.tracker.LakeBucket;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** One S3 bucket. Times and retries are the client's. */
public final class S3LakeBucket implements LakeBucket {
    private static final Logger LOG = LoggerFactory.getLogger(S3LakeBucket.class);
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final S3AsyncClient client;
    private final String bucket;

    public S3LakeBucket(S3AsyncClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * Makes one harmless call, so that the first request that needs the lake does not pay for loading classes and
     * connecting: it comes when the stream has used up most of its time. Blocks for at most 3 s; whether the bucket can be
     * reached is only logged, since there is the stream.
     */
    public void warmUp() {
        try {
            var unused = call(() -> client.listObjectsV2(list -> list.bucket(bucket)
                            .maxKeys(1)
                            .overrideConfiguration(
                                    limits -> limits.apiCallTimeout(WARM_UP).apiCallAttemptTimeout(WARM_UP))))
                    .join();
        } catch (CompletionException e) {
            LOG.warn("bucket {} does not answer yet: {}", bucket, String.valueOf(e.getCause()));
        }
    }

    @Override
    public CompletableFuture<Void> put(String key, byte[] body) {
        // The array is not changed after the call, so the SDK need not copy it.
        return call(() -> client.putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromBytesUnsafe(body)))
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<List<Entry>> list(String prefix, String after, int most) {
        return call(() -> client.listObjectsV2(list -> list.bucket(bucket)
                        .prefix(prefix)
                        .startAfter(after.isEmpty() ? null : after)
                        .maxKeys(most)))
                .thenApply(page -> page.contents().stream()
                        .map(object -> new Entry(object.key(), object.size(), object.lastModified()))
                        .toList());
    }

    @Override
    public CompletableFuture<byte[]> fetch(String key) {
        return call(() -> client.getObject(get -> get.bucket(bucket).key(key), AsyncResponseTransformer.toBytes()))
                .thenApply(BytesWrapper::asByteArrayUnsafe);
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return call(() -> client.deleteObject(delete -> delete.bucket(bucket).key(key)))
                .thenApply(done -> null);
    }

    private static <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return CompletableFuture.failedFuture(
                    cause instanceof NoSuchKeyException
                            ? new NoSuchFileException("S3: " + cause.getMessage())
                            : new IOException("S3: " + cause.getMessage(), cause));
        });
    }
}
