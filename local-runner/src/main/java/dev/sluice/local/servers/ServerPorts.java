package dev.sluice.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The TCP ports of the servers: consecutive from a base, in the order of the components. */
public record ServerPorts(int kinesis, int dynamoDb, int s3, int redis, int postgres) {
    /** How many consecutive ports the servers take; whoever needs more starts at {@code base + COUNT}. */
    public static final int COUNT = 5;

    private static final int LAST_PORT = 65_535;

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
     * Checks, before something is started there, that nobody listens on a port.
     *
     * @throws ServerFailure in one line that names the port, what wanted it and the way out
     */
    public static void requireFree(int port, String wantedBy) {
        try {
            bindOnce(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            bindOnce(new InetSocketAddress(port));
        } catch (IOException inUse) {
            throw new ServerFailure(
                    "port " + port + " is in use (" + wantedBy + "); free it or choose --port-base", inUse);
        }
    }

    private static void bindOnce(InetSocketAddress address) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        }
    }
}
