package dev.sluice.local.lambda;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What Lambda does with asynchronous invocations of one function: it takes them at once, runs them in no particular
 * order, tries a failed one twice more after pauses, and hands one that failed three times to the failure destination.
 * What was not done when this closes is forgotten. Thread-safe.
 */
public final class AsyncInvocations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncInvocations.class);
    /** So that a function that is down does not fill the memory: who hands over more waits. */
    private static final int MAX_UNDER_WAY = 10_000;

    private static final Duration BETWEEN_TRIES_TO_KEEP = Duration.ofSeconds(1);

    private final Target target;
    private final List<Duration> pauses;
    private final Clock clock;
    private final Semaphore room = new Semaphore(MAX_UNDER_WAY);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder taken = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    /**
     * Where invocations go.
     *
     * @param function what is invoked
     * @param functionArn its name in failure reports
     * @param failures keeps what failed; when it returns it is kept, and if it throws it is asked again
     */
    public record Target(Invocable function, String functionArn, Consumer<FailedInvocation> failures) {
        /** A deployed function whose failures go into a bucket, one object each, as Lambda names and writes them. */
        public static Target of(LambdaFunction function, S3Client s3, String bucket) {
            return new Target(
                    function,
                    function.arn(),
                    failed -> s3.putObject(
                            it -> it.bucket(bucket).key(failed.key()).contentType("application/json"),
                            RequestBody.fromBytes(failed.json())));
        }
    }

    /**
     * What has happened so far.
     *
     * @param taken invocations handed over
     * @param done those that succeeded
     * @param retries further tries of invocations that had failed
     * @param givenUp those that went to the failure destination
     */
    public record Counters(long taken, long done, long retries, long givenUp) {}

    /** @param pauses before each further try; in the cloud one and two minutes */
    public AsyncInvocations(Target target, List<Duration> pauses, Clock clock) {
        this.target = target;
        this.pauses = List.copyOf(pauses);
        this.clock = clock;
    }

    /** Hands an invocation over. Waits only while very many are under way. */
    public void invoke(byte[] event) throws InterruptedException {
        room.acquire();
        taken.increment();
        threads.execute(() -> {
            try {
                see(event);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } finally {
                room.release();
            }
        });
    }

    public Counters counters() {
        // What has ended first: then never more ends than beginnings are seen.
        long ended = done.sum();
        long gone = givenUp.sum();
        return new Counters(taken.sum(), ended, retries.sum(), gone);
    }

    private void see(byte[] event) throws InterruptedException {
        InvocationResult result = target.function().invoke(event);
        for (Duration pause : pauses) {
            if (result instanceof InvocationResult.Success || closesWithin(pause)) {
                break;
            }
            retries.increment();
            result = target.function().invoke(event);
        }
        if (result instanceof InvocationResult.Success) {
            done.increment();
        } else if (closing.getCount() > 0) {
            giveUp(event, result);
        }
    }

    private void giveUp(byte[] event, InvocationResult result) throws InterruptedException {
        var failed = new FailedInvocation(
                UUID.randomUUID(), target.functionArn(), 1 + pauses.size(), clock.instant(), event, result);
        do {
            try {
                target.failures().accept(failed);
                givenUp.increment();
                LOG.warn("{} failed {} times on an event, which is set aside", target.functionArn(), failed.tries());
                return;
            } catch (RuntimeException down) {
                LOG.warn("a failed invocation cannot be kept: {}", down.getMessage());
            }
        } while (!closesWithin(BETWEEN_TRIES_TO_KEEP));
    }

    private boolean closesWithin(Duration pause) throws InterruptedException {
        return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        threads.shutdownNow();
    }
}
