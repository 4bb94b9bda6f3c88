package dev.sluice.local.chaos;

import dev.sluice.local.eventsource.Stop;
import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A function as an event source mapping sees it when all that may happen does: its batches come twice, at once, late, in
 * another order, and it dies in the middle of them.
 *
 * <p>A real mapping keeps the order of a shard. What reorders in the cloud is before it: a tracker that sends a batch
 * again, two trackers, a reshard. Holding a batch back or shuffling its records has the same effect on the function: it is
 * as if they had come into the stream in another order. Who holds a batch back answers for it: it is tried until it is
 * wholly processed. Thread-safe.
 */
final class ChaoticFunction implements Invocable, AutoCloseable {
    private static final byte[] ALL_DONE = "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_REMEMBERED = 16;
    private static final int MAX_REMEMBERED_BYTES = 256 * 1024;
    private static final int MAX_UNDER_WAY = 16;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Invocable function;
    private final IntSupplier killBusy;
    private final Consumer<FaultKind> happened;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Stop stop = new Stop();
    private final Armed armed = new Armed();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Deque<byte[]> remembered = new ArrayDeque<>();
    private final SplittableRandom random;

    /**
     * @param killBusy kills the processes of the function that have an invocation under way; how many
     * @param happened is told of each fault
     * @param seed of the order of shuffled records, and which batch of before comes again
     */
    ChaoticFunction(Invocable function, IntSupplier killBusy, Consumer<FaultKind> happened, long seed) {
        this.function = function;
        this.killBusy = killBusy;
        this.happened = happened;
        this.random = new SplittableRandom(seed);
    }

    /** The next invocation meets this. */
    void arm(Fault fault) {
        armed.add(fault);
    }

    /** Plans nothing more; what is under way goes on. */
    void calm() {
        armed.clear();
    }

    /** Whether nothing is under way that the mapping does not know of. */
    boolean atRest() {
        return underWay.get() == 0;
    }

    @Override
    public InvocationResult invoke(byte[] event) {
        Optional<Fault> fault = armed.next();
        InvocationResult result = fault.isEmpty() ? function.invoke(event) : meet(fault.get(), event);
        remember(event);
        return result;
    }

    private InvocationResult meet(Fault fault, byte[] event) {
        return switch (fault.kind()) {
            case DISPATCHER_KILLED -> killedIn(fault, event);
            case BATCH_REPEATED -> {
                happened.accept(fault.kind());
                function.invoke(event);
                yield function.invoke(event);
            }
            case BATCH_OVERLAPPED -> {
                aside(fault, () -> function.invoke(event));
                yield function.invoke(event);
            }
            case BATCH_DISOWNED -> {
                happened.accept(fault.kind());
                function.invoke(event);
                yield new InvocationResult.Crash("chaos: the answer was lost");
            }
            case BATCH_DELAYED -> {
                happened.accept(fault.kind());
                yield waited(fault.lasting()) ? function.invoke(event) : new InvocationResult.Crash("closing");
            }
            case BATCH_HELD_BACK ->
                aside(fault, () -> process(event, fault.lasting()))
                        ? new InvocationResult.Success(ALL_DONE)
                        : function.invoke(event);
            case BATCH_REPLAYED -> {
                ofBefore().ifPresent(old -> aside(fault, () -> function.invoke(old)));
                yield function.invoke(event);
            }
            case BATCH_SHUFFLED -> shuffled(fault, event);
            case CLASSIFIER_KILLED,
                    REDIS_DROPPED,
                    REDIS_COMMAND_CUT,
                    REDIS_ANSWER_CUT,
                    REDIS_REFUSED,
                    REDIS_STALLED,
                    WRITE_UNANSWERED,
                    WRITE_RESET,
                    WRITE_LATE,
                    WRITE_THROTTLED,
                    WRITE_FAILED -> throw new IllegalArgumentException(fault.kind() + " does not befall a batch");
        };
    }

    /** If the invocation ends before its time has come, the next one is to die, in half the time. */
    private InvocationResult killedIn(Fault fault, byte[] event) {
        var ended = new Stop();
        threads.execute(() -> {
            if (endedWithin(fault.lasting(), ended) || killBusy.getAsInt() == 0) {
                armed.add(fault.withLasting(fault.lasting().dividedBy(2)));
            } else {
                happened.accept(fault.kind());
            }
        });
        try {
            return function.invoke(event);
        } finally {
            ended.now();
        }
    }

    private static boolean endedWithin(Duration time, Stop ended) {
        try {
            return ended.within(time);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private InvocationResult shuffled(Fault fault, byte[] event) {
        Optional<byte[]> other = RecordOrder.another(event, random());
        if (other.isEmpty()) {
            armed.add(fault);
            return function.invoke(event);
        }
        happened.accept(fault.kind());
        InvocationResult result = function.invoke(other.get());
        // The mapping would take the records before the one that failed for done, in its own order.
        return RecordOrder.isWholly(result) ? result : new InvocationResult.Crash("chaos: a part of another order");
    }

    /** Until all of it is done, as the mapping would. */
    private void process(byte[] event, Duration after) {
        boolean on = waited(after);
        while (on && !RecordOrder.isWholly(function.invoke(event))) {
            on = waited(PAUSE);
        }
    }

    /** Does something that the mapping does not wait for; false if too much of that is under way. */
    private boolean aside(Fault fault, Runnable work) {
        if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
            underWay.decrementAndGet();
            return false;
        }
        happened.accept(fault.kind());
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
        return true;
    }

    /** False if everything closes meanwhile. */
    private boolean waited(Duration time) {
        return !endedWithin(time, stop);
    }

    private void remember(byte[] event) {
        if (event.length > MAX_REMEMBERED_BYTES) {
            return;
        }
        synchronized (remembered) {
            remembered.addLast(event);
            if (remembered.size() > MAX_REMEMBERED) {
                remembered.removeFirst();
            }
        }
    }

    private Optional<byte[]> ofBefore() {
        synchronized (remembered) {
            return remembered.isEmpty()
                    ? Optional.empty()
                    : remembered.stream()
                            .skip(random().nextInt(remembered.size()))
                            .findFirst();
        }
    }

    private SplittableRandom random() {
        synchronized (random) {
            return random.split();
        }
    }

    @Override
    public void close() {
        stop.now();
        threads.shutdownNow();
    }
}
