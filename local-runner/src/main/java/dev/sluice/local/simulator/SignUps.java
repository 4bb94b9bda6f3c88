package dev.sluice.local.simulator;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes each player's row once, before anything of theirs is sent, and again before some of their later requests, when
 * the player has another device. Thread-safe.
 */
final class SignUps {
    private static final int MAX_TRIES = 40;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final UserRows table;
    private final Map<String, SignUp> signUps = new ConcurrentHashMap<>();
    private final Collection<RowChange> changes = new ConcurrentLinkedQueue<>();
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();
    private final AtomicLong failed = new AtomicLong();

    SignUps(UserRows table) {
        this.table = table;
    }

    /** A player's row, and how many requests came after it. */
    private record SignUp(FutureTask<Boolean> insert, AtomicInteger requests) {}

    /** Waits until the player's row is as it must be before the next request; false if it could not be written. */
    boolean ensure(Player player) throws InterruptedException {
        UserProfileRow row = player.row();
        if (row == null) {
            return true;
        }
        SignUp signUp = signUps.computeIfAbsent(
                row.userId(), id -> new SignUp(new FutureTask<>(() -> insert(row)), new AtomicInteger()));
        signUp.insert().run(); // does nothing unless this is the first call
        try {
            return signUp.insert().get()
                    && newDevice(player, row, signUp.requests().incrementAndGet());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sign-up of " + row.userId() + " broke", e);
        }
    }

    /** Everything that was written. */
    Collection<RowChange> changes() {
        return changes;
    }

    /** User ids of whose rows it is not known what was written. */
    Set<String> uncertain() {
        return uncertain;
    }

    long failed() {
        return failed.get();
    }

    private boolean insert(UserProfileRow row) throws InterruptedException {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            try {
                changes.add(new RowChange(row, table.insert(row)));
                return true;
            } catch (RuntimeException e) {
                // Whatever is down may come back; that it did not is counted and fails the run.
                Thread.sleep(PAUSE);
            }
        }
        failed.incrementAndGet();
        return false;
    }

    private boolean newDevice(Player player, UserProfileRow first, int request) {
        int place = player.newDeviceAtRequest().indexOf(request);
        if (place >= 0) {
            // Back and forth between the two systems, so that each change is one.
            UserProfileRow row = place % 2 == 0 ? first.withDeviceOs(other(first.deviceOs())) : first;
            try {
                changes.add(new RowChange(row, table.update(row)));
            } catch (RuntimeException e) {
                uncertain.add(row.userId());
                failed.incrementAndGet();
            }
        }
        return true;
    }

    private static String other(String deviceOs) {
        return deviceOs.equals("iOS") ? "Android" : "iOS";
    }
}
