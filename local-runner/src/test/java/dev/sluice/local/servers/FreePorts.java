package dev.sluice.local.servers;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that nobody used a moment ago. Thread-safe: a base is given once, however many ask at the same time. */
public final class FreePorts {
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    public static ServerPorts forServers() {
        return ServerPorts.from(base(ServerPorts.COUNT));
    }

    /** The first of some consecutive ports that were all free a moment ago. */
    public static synchronized int base(int count) {
        for (int tries = 0; tries < 200; tries++) {
            int base = 10_000 + ThreadLocalRandom.current().nextInt(20_000);
            if (areFree(base, count) && areNew(base, count)) {
                return base;
            }
        }
        throw new IllegalStateException("no " + count + " consecutive free ports");
    }

    private static boolean areFree(int base, int count) {
        for (int port = base; port < base + count; port++) {
            try (var socket = new ServerSocket(port)) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    private static boolean areNew(int base, int count) {
        List<Integer> ports = IntStream.range(base, base + count).boxed().toList();
        return Collections.disjoint(GIVEN, ports) && GIVEN.addAll(ports);
    }

    static List<Integer> some(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0);
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
