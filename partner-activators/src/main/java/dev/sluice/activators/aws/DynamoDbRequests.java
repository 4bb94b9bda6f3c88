package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Requests to a table, so many under way at one time. Thread-safe. */
final class DynamoDbRequests {
    private final Semaphore requests;

    DynamoDbRequests(int atOnce) {
        this.requests = new Semaphore(atOnce, true);
    }

    /** All of them, several at once. */
    <T> List<T> all(List<Callable<T>> works) {
        if (works.size() <= 1) {
            return works.stream().map(this::bounded).toList();
        }
        List<Future<T>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            works.forEach(work -> futures.add(threads.submit(() -> bounded(work))));
        }
        return futures.stream().map(DynamoDbRequests::joined).toList();
    }

    private <T> T bounded(Callable<T> work) {
        requests.acquireUninterruptibly();
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            requests.release();
        }
    }

    private static <T> T joined(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", e);
        }
    }

    /** One request; a condition that fails is an answer. */
    static <T> T reached(String call, Supplier<T> work) {
        try {
            return work.get();
        } catch (ConditionalCheckFailedException e) {
            throw e;
        } catch (SdkException e) {
            throw new UnreachableException(call + " failed: " + e.getClass().getSimpleName(), e);
        }
    }
}
