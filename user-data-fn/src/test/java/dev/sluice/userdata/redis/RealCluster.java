package dev.sluice.userdata.redis;

import dev.sluice.userdata.Ports;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A Redis cluster of two nodes of one test's own, without replicas, on free ports of the loopback. */
final class RealCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** The nodes talk to each other on a port so much higher. */
    private static final int BUS = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<RealRedis> nodes;
    private final RedisClusterClient client;
    private final RedisClusterCommands<String, String> other;

    private RealCluster(List<RealRedis> nodes) {
        this.nodes = nodes;
        this.client = RedisClusterClient.create(nodes.getFirst().uri());
        this.other = client.connect().sync();
    }

    /** @param directory for what the nodes remember of each other */
    static RealCluster start(Path directory) {
        List<RealRedis> nodes = List.of(node(directory), node(directory));
        for (int i = 0; i < 2; i++) {
            int[] half = IntStream.range(i * SLOTS / 2, (i + 1) * SLOTS / 2).toArray();
            nodes.get(i).other().clusterAddSlots(half);
        }
        nodes.getFirst().other().clusterMeet("127.0.0.1", nodes.getLast().port());
        nodes.forEach(node -> await(() -> node.other().clusterInfo().contains("cluster_state:ok")
                && node.other().clusterInfo().contains("cluster_slots_ok:" + SLOTS)));
        return new RealCluster(nodes);
    }

    List<RealRedis> nodes() {
        return nodes;
    }

    String uri() {
        return nodes.getFirst().uri();
    }

    /** The cluster as another client has it. */
    RedisClusterCommands<String, String> other() {
        return other;
    }

    /** Moves what is in a slot to the other node, but not yet the slot. */
    void begin(int slot) {
        RealRedis from = nodes.get(holder(slot));
        RealRedis to = nodes.get(1 - holder(slot));
        to.other().clusterSetSlotImporting(slot, from.other().clusterMyId());
        from.other().clusterSetSlotMigrating(slot, to.other().clusterMyId());
        from.other()
                .clusterGetKeysInSlot(slot, 1_000)
                .forEach(key -> from.other().migrate("127.0.0.1", to.port(), key, 0, 60_000));
    }

    /** Moves the slot too. */
    void end(int slot) {
        String to = nodes.get(1 - holder(slot)).other().clusterMyId();
        nodes.get(1 - holder(slot)).other().clusterSetSlotNode(slot, to);
        nodes.get(holder(slot)).other().clusterSetSlotNode(slot, to);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        nodes.forEach(RealRedis::close);
    }

    private static int holder(int slot) {
        return slot < SLOTS / 2 ? 0 : 1;
    }

    private static RealRedis node(Path directory) {
        int port = Ports.free(BUS);
        return RealRedis.start(
                port,
                "cluster-enabled yes",
                "cluster-node-timeout 60000",
                "cluster-config-file " + directory.resolve("nodes-" + port + ".conf"));
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
