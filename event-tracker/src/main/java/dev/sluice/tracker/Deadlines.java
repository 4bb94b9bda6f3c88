package dev.sluice.tracker;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Ends what waits too long. All wait equally long, so those who came first are due first: one queue and one look at its
 * head now and then do for all, where a timer of its own for each request would cost more than judging it. Thread-safe.
 */
final class Deadlines {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long withinNanos;
    private final LongSupplier nanoTime;
    private final Later later;
    private final Queue<Watched> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    private record Watched(CompletableFuture<Fate> fate, long deadline) {}

    /** Has work done after so many nanoseconds. */
    interface Later {
        void run(Runnable work, long nanos);
    }

    Deadlines(Duration within) {
        this(
                within,
                System::nanoTime,
                (work, nanos) -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(work));
    }

    Deadlines(Duration within, LongSupplier nanoTime, Later later) {
        this.withinNanos = within.toNanos();
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** Completes the fate as not durable once the time is over, unless it is known by then. */
    void watch(CompletableFuture<Fate> fate) {
        if (!fate.isDone()) {
            waiting.add(new Watched(fate, nanoTime.getAsLong() + withinNanos));
            lookLater(LOOK_NANOS);
        }
    }

    private void lookLater(long nanos) {
        if (looking.compareAndSet(false, true)) {
            later.run(this::look, Math.clamp(nanos, 1, Math.min(LOOK_NANOS, withinNanos)));
        }
    }

    private void look() {
        long now = nanoTime.getAsLong();
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
            lookLater(head.deadline - nanoTime.getAsLong());
        }
    }
}
