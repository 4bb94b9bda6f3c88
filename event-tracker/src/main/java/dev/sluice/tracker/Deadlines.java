package dev.sluice.tracker;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what waits too long. All wait equally long, so those who came first are due first: one queue and one look at its
 * head now and then do for all, where a timer of its own for each request would cost more than judging it. Thread-safe.
 */
final class Deadlines {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long withinNanos;
    private final Queue<Watched> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    private record Watched(CompletableFuture<Fate> fate, long deadline) {}

    Deadlines(Duration within) {
        this.withinNanos = within.toNanos();
    }

    /** Completes the fate as not durable once the time is over, unless it is known by then. */
    void watch(CompletableFuture<Fate> fate) {
        if (!fate.isDone()) {
            waiting.add(new Watched(fate, System.nanoTime() + withinNanos));
            lookLater(LOOK_NANOS);
        }
    }

    private void lookLater(long nanos) {
        if (looking.compareAndSet(false, true)) {
            Executor later = CompletableFuture.delayedExecutor(
                    Math.clamp(nanos, 1, Math.min(LOOK_NANOS, withinNanos)), TimeUnit.NANOSECONDS, Runnable::run);
            later.execute(this::look);
        }
    }

    private void look() {
        long now = System.nanoTime();
        Watched head = waiting.peek();
        while (head != null && (head.fate.isDone() || head.deadline - now <= 0)) {
            waiting.poll();
            head.fate.complete(Fate.NOT_DURABLE);
            head = waiting.peek();
        }
        looking.set(false);
        // One that came since the last peek found somebody looking.
        head = waiting.peek();
        if (head != null) {
            lookLater(head.deadline - System.nanoTime());
        }
    }
}
