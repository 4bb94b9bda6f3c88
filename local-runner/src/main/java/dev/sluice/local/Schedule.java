package dev.sluice.local;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Calls a function with one input at a fixed rate, as EventBridge Scheduler does; a call that fails is not repeated. */
public final class Schedule implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());
    private static final long BETWEEN_CHECKS = Duration.ofMillis(50).toNanos();

    private final AtomicLong successes = new AtomicLong();
    private final Invocable function;
    private final byte[] input;

    private final ScheduledFuture<?> calls;

    private Schedule(Invocable function, String input, Duration every) {
        this.function = function;
        this.input = input.getBytes(StandardCharsets.UTF_8);
        this.calls = timer.scheduleWithFixedDelay(this::call, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins at once. */
    public static Schedule start(Invocable function, String input, Duration every) {
        return new Schedule(function, input, every);
    }

    private void call() {
        if (function.invoke(input) instanceof InvocationResult.Success) {
            successes.incrementAndGet();
        }
    }

    /** How many calls will have succeeded when so many that begin from now on have. */
    public long after(int count) {
        // The one under way may have begun before.
        return successes.get() + count + 1;
    }

    /** Waits until so many calls have succeeded in all; false if that takes longer than the limit. */
    public boolean awaitCalls(long wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (successes.get() < wanted && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_CHECKS);
        }
        return successes.get() >= wanted;
    }

    /** Waits until so many calls that begin from now on have succeeded; false if that takes longer than the limit. */
    public boolean awaitLooks(int count, Duration limit) {
        return awaitCalls(after(count), limit);
    }

    @Override
    public void close() {
        calls.cancel(true);
        timer.shutdownNow();
    }
}
