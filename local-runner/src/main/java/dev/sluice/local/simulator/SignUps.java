package dev.sluice.local.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Hands each player's row over once, before anything of theirs is sent. Thread-safe. */
final class SignUps {
    private static final int MAX_TRIES = 40;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Consumer<UserProfileRow> writer;
    private final Map<String, FutureTask<Boolean>> signUps = new ConcurrentHashMap<>();
    private final Map<String, UserProfileRow> rows = new ConcurrentHashMap<>();
    private final AtomicLong failed = new AtomicLong();

    SignUps(Consumer<UserProfileRow> writer) {
        this.writer = writer;
    }

    /** Waits until the player's row is written; false if it could not be. True at once for the anonymous. */
    boolean ensure(Player player) throws InterruptedException {
        UserProfileRow row = player.row();
        if (row == null) {
            return true;
        }
        var task = signUps.computeIfAbsent(row.userId(), id -> new FutureTask<>(() -> write(row)));
        task.run(); // does nothing unless this is the first call
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sign-up of " + row.userId() + " broke", e);
        }
    }

    /** The rows that were written, by user id. */
    Map<String, UserProfileRow> rows() {
        return rows;
    }

    long failed() {
        return failed.get();
    }

    private boolean write(UserProfileRow row) throws InterruptedException {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            try {
                writer.accept(row);
                rows.put(row.userId(), row);
                return true;
            } catch (RuntimeException e) {
                // Whatever is down may come back; that it did not is counted and fails the run.
                Thread.sleep(PAUSE);
            }
        }
        failed.incrementAndGet();
        return false;
    }
}
