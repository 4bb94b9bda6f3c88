package dev.sluice.classifier;

import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis cluster of three nodes of one test's own, without replicas, on free ports of the loopback. */
public final class RealCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** The nodes talk to each other on a port so much higher. */
    private static final int BUS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<RealRedis> nodes = new ArrayList<>();

    private RealCluster(Path directory) {
        this.directory = directory;
    }

    public static RealCluster start() {
        try {
            var cluster = new RealCluster(Files.createTempDirectory("cluster"));
            cluster.join();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("no directory", e);
        }
    }

    /** A connection to it that gives no answer up before its time, however slow the machine is. */
    public RedisLink link(Consumer<StoreLoss> losses) {
        return new RedisLink(new RedisServers(nodes.getFirst().uri(), true, RealRedis.PATIENT), losses);
    }

    public List<RealRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** The number of the node that held a key at the start. */
    public int holding(String key) {
        int slot = slot(key);
        return slot * nodes.size() / SLOTS;
    }

    public static int slot(String key) {
        return SlotHash.getSlot(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Starts a node that was stopped; it is empty, but knows its slots. */
    public void startAgain(int number) {
        nodes.set(number, node(number, nodes.get(number).port()));
        await(() -> isWhole(number));
    }

    /** Stops a node; it is gone. */
    public void stop(int number) {
        nodes.get(number).close();
    }

    /** Does something to a node as another client. */
    public void at(int number, Consumer<RedisCommands<String, String>> client) {
        nodes.get(number).as(client);
    }

    /** Moves a slot and what is in it from one node to another, and leaves it half way if asked to. */
    public void move(int slot, int from, int to, boolean wholly) {
        String[] ids = new String[nodes.size()];
        for (int i = 0; i < ids.length; i++) {
            int number = i;
            at(i, client -> ids[number] = client.clusterMyId());
        }
        at(to, client -> client.clusterSetSlotImporting(slot, ids[from]));
        at(from, client -> {
            client.clusterSetSlotMigrating(slot, ids[to]);
            client.clusterGetKeysInSlot(slot, 1_000)
                    .forEach(key -> client.migrate("127.0.0.1", nodes.get(to).port(), key, 0, 5_000));
        });
        if (wholly) {
            at(to, client -> client.clusterSetSlotNode(slot, ids[to]));
            at(from, client -> client.clusterSetSlotNode(slot, ids[to]));
        }
    }

    @Override
    public void close() {
        nodes.forEach(RealRedis::close);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("the nodes' files remain", e);
        }
    }

    private void join() {
        for (int i = 0; i < 3; i++) {
            nodes.add(node(i, portWithBus()));
            int first = (i * SLOTS + 2) / 3;
            int end = ((i + 1) * SLOTS + 2) / 3;
            at(i, client -> client.clusterAddSlots(IntStream.range(first, end).toArray()));
        }
        at(0, client -> nodes.forEach(node -> client.clusterMeet("127.0.0.1", node.port())));
        for (int i = 0; i < 3; i++) {
            int number = i;
            await(() -> isWhole(number));
        }
    }

    private RealRedis node(int number, int port) {
        return RealRedis.start(
                port,
                "cluster-enabled yes",
                // A node that a busy machine holds up is not to be taken for dead, nor to take itself for cut off.
                "cluster-node-timeout 60000",
                // What is lost with one node is not to keep the others' people from being served.
                "cluster-require-full-coverage no",
                "cluster-config-file " + directory.resolve("nodes-" + number + ".conf"));
    }

    private boolean isWhole(int number) {
        boolean[] whole = new boolean[1];
        at(number, client -> {
            String info = client.clusterInfo();
            whole[0] = info.contains("cluster_state:ok")
                    && info.contains("cluster_slots_ok:" + SLOTS)
                    && info.contains("cluster_known_nodes:3");
        });
        return whole[0];
    }

    private static int portWithBus() {
        for (int i = 0; i < 1_000; i++) {
            int port = RealRedis.freePort();
            if (port + BUS <= 65_535 && isReserved(port + BUS)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port is low enough");
    }

    private static boolean isReserved(int port) {
        try {
            return RealRedis.reserved(port) == port;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the cluster did not come up");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
