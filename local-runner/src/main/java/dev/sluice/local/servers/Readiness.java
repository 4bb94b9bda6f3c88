package dev.sluice.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until a program answers, with a deadline, and gives up at once when the program is dead. */
public final class Readiness {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
    private static final int CONNECT_MILLIS = 500;

    private Readiness() {}

    /** One cheap question to a program that is starting. */
    @FunctionalInterface
    public interface Check {
        /** Whether it answers; an exception means not yet. */
        boolean ready() throws IOException;
    }

    /** Waits until something accepts connections on a loopback port. */
    public static void awaitPort(ChildProcess process, int port, Duration limit) {
        await(process, limit, () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                return true;
            }
        });
    }

    /**
     * Asks until the answer is yes.
     *
     * @throws ServerFailure if the process dies or the time is over, with the last lines of its log
     */
    public static void await(ChildProcess process, Duration limit, Check check) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            process.requireAlive();
            try {
                if (check.ready()) {
                    return;
                }
            } catch (IOException notYet) {
                // Refused or reset while it starts: the deadline below decides.
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new ServerFailure(
                        process.name() + " did not answer within " + limit.toMillis() + " ms" + process.lastLines());
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }
}
