package dev.sluice.activators.delivery;

import dev.sluice.activators.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks on virtual threads, so that a slow one holds up no other. Stateless. */
final class SideBySide {
    private SideBySide() {}

    /** What is run. */
    @FunctionalInterface
    interface Task {
        void run();
    }

    /** Returns when all have ended; what the first of them threw reaches the caller then. */
    static void run(List<Task> tasks) {
        if (tasks.size() == 1) {
            tasks.getFirst().run();
            return;
        }
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            tasks.forEach(task -> ends.add(threads.submit(task::run)));
        }
        ends.forEach(SideBySide::rethrow);
    }

    private static void rethrow(Future<?> ended) {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", e);
        }
    }
}
