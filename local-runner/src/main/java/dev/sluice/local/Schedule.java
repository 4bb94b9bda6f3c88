package dev.sluice.local;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls a function with one input at a fixed rate, as EventBridge Scheduler does; a call that fails is not repeated. */
final class Schedule implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Invocable function;
    private final byte[] input;

    private Schedule(Invocable function, String input) {
        this.function = function;
        this.input = input.getBytes(StandardCharsets.UTF_8);
    }

    static Schedule start(Invocable function, String input, Duration every) {
        var schedule = new Schedule(function, input);
        schedule.timer.scheduleWithFixedDelay(schedule::call, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return schedule;
    }

    private void call() {
        calls.incrementAndGet();
        if (!(function.invoke(input) instanceof InvocationResult.Success)) {
            failures.incrementAndGet();
        }
    }

    /** How often it was called so far. */
    long calls() {
        return calls.get();
    }

    /** How often that failed. */
    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
