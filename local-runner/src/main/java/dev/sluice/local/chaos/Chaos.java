package dev.sluice.local.chaos;

import dev.sluice.local.eventsource.EventSourceTarget;
import dev.sluice.local.eventsource.Stop;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.servers.LocalServers;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the programs and what they talk to, and plays a plan of faults there. Until {@link #play} everything
 * passes, and again when the plan's calm has come. Thread-safe.
 */
public final class Chaos implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** Three seconds in which it was ready whenever it was asked. */
    private static final int LOOKS_BEFORE_A_KILL = 15;

    private final ChaosPlan plan;
    private final FaultCounts counts = new FaultCounts();
    private final Stop stop = new Stop();
    private final Stop calmed = new Stop();
    private final AtomicInteger dueKills = new AtomicInteger();
    private final TcpProxy redis;
    private final WriteProxy dynamoDb;
    private volatile Optional<ChaoticFunction> dispatcher = Optional.empty();

    /** A process that can be killed and is started again. */
    public interface Victim {
        boolean isReady();

        /** As {@code kill -9} does; false if there is no process. */
        boolean kill();
    }

    /** Begins to listen in front of these servers. */
    public Chaos(ChaosPlan plan, LocalServers servers) {
        this.plan = plan;
        this.redis = TcpProxy.start(servers.redis().port(), counts::happened);
        this.dynamoDb = WriteProxy.start(servers.dynamoDb().endpoint(), counts::happened);
    }

    /** Where programs find Redis. */
    public URI redis() {
        return URI.create("redis://127.0.0.1:" + redis.port());
    }

    /** Where the classifier finds DynamoDB. */
    public URI dynamoDb() {
        return dynamoDb.address();
    }

    /** The dispatcher as its mapping is to see it. */
    public EventSourceTarget around(LambdaFunction function, EventSourceTarget target) {
        var chaotic = new ChaoticFunction(target.function(), function::killBusy, counts::happened, plan.seed());
        dispatcher = Optional.of(chaotic);
        return new EventSourceTarget(chaotic, target.functionArn(), target.failures());
    }

    /**
     * Begins the plan and returns at once; may be called once.
     *
     * @param classifier is killed only after some seconds at work: on a slow machine, where it takes long to start, it
     *     would otherwise do nothing but start
     */
    public void play(Victim classifier) {
        Thread.ofVirtual().name("chaos").start(this::playAll);
        Thread.ofVirtual().name("chaos kills").start(() -> kill(classifier));
    }

    /** What happened so far. */
    public FaultCounts counts() {
        return counts;
    }

    public long seed() {
        return plan.seed();
    }

    /** Whether nothing that was held back or repeated is still under way. */
    public boolean atRest() {
        return dispatcher.map(ChaoticFunction::atRest).orElse(true);
    }

    /** Whether the calm has come. */
    public boolean isOver() {
        return calmed.isNow();
    }

    private void kill(Victim classifier) {
        try {
            int looks = 0;
            while (!calmed.within(BETWEEN_LOOKS)) {
                looks = dueKills.get() > 0 && classifier.isReady() ? looks + 1 : 0;
                if (looks >= LOOKS_BEFORE_A_KILL && classifier.kill()) {
                    looks = 0;
                    dueKills.decrementAndGet();
                    counts.happened(FaultKind.CLASSIFIER_KILLED);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void playAll() {
        long began = System.nanoTime();
        try {
            for (Fault fault : plan.faults()) {
                if (stop.within(fault.at().minusNanos(System.nanoTime() - began))) {
                    return;
                }
                play(fault);
            }
            stop.within(plan.calm().minusNanos(System.nanoTime() - began));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            calm();
        }
    }

    private void play(Fault fault) {
        switch (fault.kind()) {
            case CLASSIFIER_KILLED -> dueKills.incrementAndGet();
            case REDIS_DROPPED -> redis.drop();
            case REDIS_COMMAND_CUT -> redis.cutCommand(fault);
            case REDIS_ANSWER_CUT -> redis.cutAnswer(fault);
            case REDIS_REFUSED -> redis.refuse(fault.lasting());
            case REDIS_STALLED -> redis.stall(fault.lasting());
            case WRITE_UNANSWERED, WRITE_RESET, WRITE_LATE, WRITE_THROTTLED, WRITE_FAILED -> dynamoDb.arm(fault);
            case DISPATCHER_KILLED,
                    BATCH_REPEATED,
                    BATCH_OVERLAPPED,
                    BATCH_DISOWNED,
                    BATCH_DELAYED,
                    BATCH_HELD_BACK,
                    BATCH_REPLAYED,
                    BATCH_SHUFFLED -> dispatcher.ifPresent(it -> it.arm(fault));
        }
    }

    private void calm() {
        calmed.now();
        redis.calm();
        dynamoDb.calm();
        dispatcher.ifPresent(ChaoticFunction::calm);
    }

    @Override
    public void close() {
        stop.now();
        calmed.now();
        dispatcher.ifPresent(ChaoticFunction::close);
        dynamoDb.close();
        redis.close();
    }
}
