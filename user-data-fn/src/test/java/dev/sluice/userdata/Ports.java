package dev.sluice.userdata;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Free ports for servers that are processes of their own. They are taken from below those that systems give out for
 * connections and for port 0, so that none is taken between the look and the start, or while a server is away.
 */
public final class Ports {
    private static final int LOWEST = 10_240;
    private static final int COUNT = 10_000;
    private static final int MOST_LOOKS = 1_000;

    private Ports() {}

    /** One that nobody listens at. */
    public static int free() {
        return free(0);
    }

    /** The lower of two that nobody listens at, so far apart; up to 11,000. */
    public static int free(int apart) {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < MOST_LOOKS; i++) {
            int port = LOWEST + random.nextInt(COUNT);
            if (isFree(port) && (apart == 0 || isFree(port + apart))) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
