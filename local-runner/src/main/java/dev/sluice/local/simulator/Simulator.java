package dev.sluice.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Players of a mobile game who post to a tracker, and the ledger of what came of it.
 *
 * <p>{@link #start()}, later {@link #stop()}, then {@link #awaitAnswers} so that every event is definitely kept or
 * refused, then {@link #truth()}. Each request is tried again with the same ids until its answer is definite. All
 * methods may be called by any thread; start and stop once.
 */
public final class Simulator implements AutoCloseable {
    /**
     * Retries carry the same bytes while they are young. Older ones get a new {@code sentAt}, as a phone would write,
     * so that waiting for the tracker is not mistaken for a wrong clock (from 60 s on).
     */
    private static final Duration SAME_BYTES_FOR = Duration.ofSeconds(20);

    private static final Duration MAX_DEBT = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final SimulatorSettings settings;
    private final Crowd crowd;
    private final SignUps signUps;
    private final TrackerClient tracker;
    private final Ledger ledger = new Ledger();
    private final Semaphore pending;
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread scheduler;
    private volatile boolean running = true;
    private volatile Duration behind = Duration.ZERO;

    /**
     * Makes the players; nothing is sent yet.
     *
     * @param table where every player with a user id gets a row before that player's first event, and some get another
     *     later; an insert that throws is tried a few times more
     */
    public Simulator(SimulatorSettings settings, UserRows table) {
        this.settings = settings;
        this.crowd = new Crowd(settings);
        this.signUps = new SignUps(table);
        this.tracker = new TrackerClient(settings);
        this.pending = new Semaphore(settings.maxPending());
        this.scheduler = Thread.ofPlatform().name("simulator").daemon().unstarted(this::schedule);
    }

    /** Begins to send. */
    public void start() {
        scheduler.start();
    }

    /** Begins nothing new; what was begun goes on. Returns when no new request can start. */
    public void stop() throws InterruptedException {
        running = false;
        LockSupport.unpark(scheduler);
        scheduler.join();
    }

    /** After {@link #stop()}: waits until every request has a definite answer; false if the limit came first. */
    public boolean awaitAnswers(Duration limit) throws InterruptedException {
        boolean all = pending.tryAcquire(settings.maxPending(), limit.toMillis(), TimeUnit.MILLISECONDS);
        if (all) {
            pending.release(settings.maxPending());
        }
        return all;
    }

    /** What must be so at a moment, from the answers so far; final after {@link #awaitAnswers}. Costs a fold of all events. */
    public Truth truth(Instant asOf) {
        return Truth.of(settings.account(), ledger.entries(), signUps.changes(), signUps.uncertain(), asOf);
    }

    /** What is known of each event, for tests. */
    Collection<LedgerEntry> entries() {
        return ledger.entries();
    }

    /** How far it got. */
    public Traffic traffic() {
        return ledger.traffic(settings.maxPending() - pending.availablePermits(), signUps.failed(), behind);
    }

    /** {@link System#nanoTime()} just before the event was first sent; empty for an id that is not ours. */
    public OptionalLong firstSentNanos(String eventId) {
        return ledger.firstSentNanos(eventId);
    }

    /** Breaks everything off. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(scheduler);
        deliveries.shutdownNow();
        tracker.close();
    }

    /** Open loop: a slow tracker does not slow the players down, up to the limit of pending requests. */
    private void schedule() {
        double nanosPerEvent = 1e9 / settings.eventsPerSecond();
        double due = System.nanoTime();
        while (awaitInstant((long) due) && ledger.size() < settings.maxEvents()) {
            Shipment shipment = crowd.next(settings.clock().instant());
            due = Math.max(due, System.nanoTime() - (double) MAX_DEBT.toNanos()) + shipment.load() * nanosPerEvent;
            try {
                pending.acquire();
                deliveries.execute(() -> deliver(shipment));
            } catch (InterruptedException | RejectedExecutionException e) {
                return; // closed
            }
        }
    }

    private boolean awaitInstant(long due) {
        for (long left = due - System.nanoTime(); running && left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        behind = Duration.ofNanos(Math.max(0, System.nanoTime() - due));
        return running;
    }

    private void deliver(Shipment shipment) {
        try {
            if (!signUps.ensure(shipment.player())) {
                return;
            }
            Stamped stamped = stamp(shipment);
            switch (shipment.repeat()) {
                case NEVER -> insist(shipment, stamped);
                case AFTER_THE_ANSWER -> insist(shipment, insist(shipment, stamped));
                case AT_ONCE -> insistTwice(shipment, stamped);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: its events stay uncertain
        } finally {
            pending.release();
        }
    }

    private void insistTwice(Shipment shipment, Stamped stamped) throws InterruptedException {
        var twinIsDone = new CountDownLatch(1);
        deliveries.execute(() -> {
            try {
                insist(shipment, stamped);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                twinIsDone.countDown();
            }
        });
        insist(shipment, stamped);
        twinIsDone.await();
    }

    /** Posts until the answer is definite or the tries are used up. Returns the bytes that were last sent. */
    private Stamped insist(Shipment shipment, Stamped first) throws InterruptedException {
        Stamped stamped = first;
        for (int tries = 1; tries <= settings.maxAttempts(); tries++) {
            if (stamped.madeAt().plus(SAME_BYTES_FOR).isBefore(settings.clock().instant())) {
                stamped = stamp(shipment);
            }
            ledger.sending(shipment.events(), System.nanoTime());
            Answer answer = tracker.post(shipment, stamped.body());
            ledger.answered(shipment.events(), answer, stamped.sentAt());
            if (!(answer instanceof Answer.Unclear unclear)) {
                return stamped;
            }
            Thread.sleep(longer(unclear.pause(), tries));
        }
        return stamped;
    }

    private static Duration longer(Duration asked, int tries) {
        Duration backoff = Duration.ofMillis(100).multipliedBy(1L << Math.min(tries, 5));
        Duration own = backoff.compareTo(MAX_PAUSE) < 0 ? backoff : MAX_PAUSE;
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private Stamped stamp(Shipment shipment) {
        Instant now = settings.clock().instant();
        Instant sentAt = shipment.saysSentAt() ? now.plus(shipment.clockError()).truncatedTo(ChronoUnit.MILLIS) : null;
        String key = shipment.keyInBody() ? settings.writeKey() : null;
        return new Stamped(RequestBody.write(shipment, sentAt, key), sentAt, now);
    }

    /** A request's bytes, what they say of the time they were sent, and when that truly was. */
    private record Stamped(byte[] body, @Nullable Instant sentAt, Instant madeAt) {}
}
