package dev.sluice.classifier.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cluster. Commands are put together by node here and not by Lettuce, which sends those of one call by slot and gives
 * all of them up if one node cannot be reached. Thread-safe.
 */
final class Cluster implements Nodes {
    /** A node of one slot is found by some 16,384 tries; one of many at once. */
    private static final int MAX_MARKS = 1_000_000;

    private final ClientResources resources;
    private final RedisClusterClient client;
    private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection;
    private @Nullable CompletableFuture<?> refreshing;

    Cluster(RedisURI uri, Duration timeout) {
        this.resources = Options.resources();
        this.client = RedisClusterClient.create(resources, uri);
        client.setOptions(Options.ofCluster(timeout));
    }

    @Override
    public boolean isConnected() {
        return connection != null;
    }

    @Override
    public synchronized void connect() {
        if (connection == null) {
            connection = client.connect(ByteArrayCodec.INSTANCE);
        }
    }

    @Override
    public Optional<String> holding(byte[] key) {
        var open = connection;
        return open == null
                ? Optional.empty()
                : Optional.ofNullable(open.getPartitions().getPartitionBySlot(SlotHash.getSlot(key)))
                        .map(RedisClusterNode::getNodeId);
    }

    @Override
    public List<String> names() {
        var open = connection;
        return open == null
                ? List.of()
                : open.getPartitions().stream()
                        .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots())
                        .map(RedisClusterNode::getNodeId)
                        .sorted()
                        .toList();
    }

    @Override
    public boolean areWhole() {
        var open = connection;
        return open != null
                && open.getPartitions().stream()
                                .filter(node -> node.getRole().isUpstream())
                                .mapToInt(node -> node.getSlots().size())
                                .sum()
                        == SlotHash.SLOT_COUNT;
    }

    @Override
    public CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String name) {
        var open = connection;
        return open == null
                ? CompletableFuture.failedFuture(new NotConnectedException())
                : open.getConnectionAsync(name);
    }

    @Override
    public CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String host, int port) {
        var open = connection;
        return open == null
                ? CompletableFuture.failedFuture(new NotConnectedException())
                : open.getConnectionAsync(host, port);
    }

    @Override
    public byte[] mark(String name) {
        var open = connection;
        RedisClusterNode node = open == null ? null : open.getPartitions().getPartitionByNodeId(name);
        if (node != null) {
            for (int i = 0; i < MAX_MARKS; i++) {
                byte[] mark = (Mark.KEY + ":" + i).getBytes(StandardCharsets.UTF_8);
                if (node.hasSlot(SlotHash.getSlot(mark))) {
                    return mark;
                }
            }
        }
        throw new NotConnectedException();
    }

    @Override
    public String share(String name) {
        var open = connection;
        RedisClusterNode node = open == null ? null : open.getPartitions().getPartitionByNodeId(name);
        return Slots.text(node == null ? List.of() : node.getSlots());
    }

    @Override
    public synchronized CompletionStage<?> refresh() {
        var last = refreshing;
        if (last == null || last.isDone()) {
            last = client.refreshPartitionsAsync().toCompletableFuture().handle((done, failure) -> null);
            refreshing = last;
        }
        return last;
    }

    @Override
    public void drop(String name) {
        // A node that is no primary any more is left when the nodes are asked for again.
        refresh();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
