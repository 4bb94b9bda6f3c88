package dev.sluice.activators.webhook;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response's body to nowhere, so that the connection can serve again, and hangs up on one that goes on beyond a
 * bound. The body is worth nothing to us: only the status counts.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<Boolean> {
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final long maxBytes;
    private long bytes;
    private Flow.@Nullable Subscription subscription;

    /** @param maxBytes read before hanging up */
    BoundedBody(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether all of the body was read. */
    @Override
    public CompletionStage<Boolean> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (subscription == null) {
            return;
        }
        if (bytes > maxBytes) {
            subscription.cancel();
            done.complete(false);
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable problem) {
        // The status has been received and says it all.
        done.complete(false);
    }

    @Override
    public void onComplete() {
        done.complete(true);
    }
}
