package dev.sluice.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The TCP ports of the servers: consecutive from a base, in the order of the components. */
public record ServerPorts(int kinesis, int dynamoDb, int s3, int redis, int postgres) {
    /** How many consecutive ports the servers take; whoever needs more starts at {@code base + COUNT}. */
    public static final int COUNT = 5;

    private static final int LAST_PORT = 65_535;

    /** So often is a port tried before it counts as in use, {@value #PAUSE_MILLIS} ms apart. */
    private static final int TRIES = 25;

    private static final int PAUSE_MILLIS = 20;

    public ServerPorts {
        for (int port : new int[] {kinesis, dynamoDb, s3, redis, postgres}) {
            if (port < 1 || port > LAST_PORT) {
                throw new IllegalArgumentException("port " + port + " is not between 1 and " + LAST_PORT);
            }
        }
    }

    public static ServerPorts from(int base) {
        return new ServerPorts(base, base + 1, base + 2, base + 3, base + 4);
    }

    /**
     * Checks, before something is started there, that nobody listens on a port. A port counts as in use only if it
     * stays so for half a second: a process that this one is just starting holds, until it runs its own program, a copy
     * of every socket that was open at that moment, the one of an earlier check too.
     *
     * @throws ServerFailure in one line that names the port, what wanted it and the way out
     */
    public static void requireFree(int port, String wantedBy) {
        IOException inUse = bind(port);
        for (int tries = 1; inUse != null && tries < TRIES; tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            inUse = bind(port);
        }
        if (inUse != null) {
            throw new ServerFailure(
                    "port " + port + " is in use (" + wantedBy + "); free it or choose --port-base", inUse);
        }
    }

    /** Why it cannot be bound, null if it can. */
    private static @Nullable IOException bind(int port) {
        try {
            bindOnce(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            bindOnce(new InetSocketAddress(port));
            return null;
        } catch (IOException inUse) {
            return inUse;
        }
    }

    private static void bindOnce(InetSocketAddress address) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        }
    }
}
