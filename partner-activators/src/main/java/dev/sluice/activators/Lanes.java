package dev.sluice.activators;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Works queues off: each in its order, several at once, up to a bound, on virtual threads. Stateless. */
final class Lanes {
    private final int atOnce;

    Lanes(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Returns when every queue is worked off or has stopped.
     *
     * @param work done to each element; false stops its queue. What it throws reaches the caller once all have ended
     */
    <T> void run(Collection<Queue<T>> queues, Predicate<T> work) {
        if (queues.size() == 1) {
            queues.forEach(queue -> workOff(queue, work));
            return;
        }
        var permits = new Semaphore(atOnce, true);
        List<Future<?>> lanes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Queue<T> queue : queues) {
                lanes.add(threads.submit(() -> {
                    permits.acquireUninterruptibly();
                    try {
                        workOff(queue, work);
                    } finally {
                        permits.release();
                    }
                }));
            }
        }
        lanes.forEach(Lanes::rethrow);
    }

    private static <T> void workOff(Queue<T> queue, Predicate<T> work) {
        for (T next = queue.poll(); next != null; next = queue.poll()) {
            if (!work.test(next)) {
                return;
            }
        }
    }

    private static void rethrow(Future<?> ended) {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delivery failed in a way that it must not", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
