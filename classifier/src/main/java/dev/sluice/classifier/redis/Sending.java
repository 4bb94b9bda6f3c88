package dev.sluice.classifier.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Commands that go to one node together, in one piece. Filled by one thread before it is sent; then thread-safe. */
final class Sending {
    private final List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();
    private volatile @Nullable Guard guard;
    private volatile long stretch;

    void add(AsyncCommand<byte[], byte[], ?> command) {
        commands.add(command);
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /** All of them, written to the connection as one. */
    void over(Guard to) {
        stretch = to.stretch();
        guard = to;
        try {
            to.connection().dispatch(commands);
        } catch (RedisException e) {
            fail(e);
        }
    }

    /**
     * Waits until the last is answered, or the time is over. A node answers in order, so that who waits for the last is
     * woken once; waiting for one after the other cost 2 µs of processor time an event.
     */
    void await(long nanos) throws InterruptedException {
        try {
            commands.getLast().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // Each is asked for its own answer.
        }
    }

    void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        commands.forEach(command -> command.completeExceptionally(cause));
    }

    /** Whether the answers come from the server that was known when they were sent. */
    boolean isUnbroken() {
        Guard sentOver = guard;
        return sentOver != null && sentOver.stretch() == stretch;
    }

    void doubt() {
        Guard sentOver = guard;
        if (sentOver != null) {
            sentOver.doubt();
        }
    }
}
