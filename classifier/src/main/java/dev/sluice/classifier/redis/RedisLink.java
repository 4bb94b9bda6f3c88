package dev.sluice.classifier.redis;

import dev.sluice.classifier.Losses;
import dev.sluice.classifier.MetServers;
import dev.sluice.classifier.StoreLoss;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis, one server or a cluster, with one connection to each node. The first one is made when it is needed,
 * so that a classifier starts while Redis is away; after that Lettuce reconnects by itself, and refuses commands at once
 * while it is disconnected.
 *
 * <p><b>Which server answers.</b> Whatever is at a node's address may be another server than before, or have lost what it
 * held: a replica took over, it was restarted, it was emptied. So before the first command after a connection, and every
 * few seconds, a node is asked for its {@link Mark}. What differs from what was met before, in this process or in another,
 * is told as a {@link StoreLoss} before any answer of that node is given to anyone, and answers that a reconnection may
 * have come between are given to nobody.
 *
 * <p>Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
    /** While Redis is away, requests must not queue up to find that out one after the other. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /** A server that was emptied is noticed within this. */
    private static final Duration TRUSTED = Duration.ofSeconds(5);

    private final Nodes nodes;
    private final Duration trusted;
    private final Duration timeout;
    private final MetServers servers;
    private final Map<String, Guard> guards = new ConcurrentHashMap<>();
    private volatile long lastFailure;
    private volatile boolean failed;
    private volatile long lastRefresh = System.nanoTime() - RETRY_NANOS;

    /**
     * Of which no more is known than this process meets.
     *
     * @param losses is told on the connection's own thread, and must not wait
     */
    public RedisLink(RedisServers servers, Consumer<StoreLoss> losses) {
        this(servers, losses, TRUSTED);
    }

    RedisLink(RedisServers servers, Consumer<StoreLoss> losses, Duration trusted) {
        this(servers, MetServers.ofThisProcess(new Losses(), losses), trusted);
    }

    /** @param met is told of each server before any other answer of it is given to anyone */
    public RedisLink(RedisServers servers, MetServers met) {
        this(servers, met, TRUSTED);
    }

    private RedisLink(RedisServers servers, MetServers met, Duration trusted) {
        this.trusted = trusted;
        var uri = RedisURI.create(servers.uri());
        uri.setTimeout(servers.timeout());
        this.timeout = servers.timeout();
        this.nodes = servers.cluster() ? new Cluster(uri, timeout) : new OneServer(uri, timeout);
        this.servers = met;
    }

    /** Of each call. */
    Duration timeout() {
        return timeout;
    }

    /** Whether there is, or has been, a connection; tries to make one, but not more often than every second. */
    boolean isConnected() {
        return nodes.isConnected() || connect();
    }

    /** The name of the node that holds a key, if one does. */
    Optional<String> holding(byte[] key) {
        return nodes.holding(key);
    }

    /** The names of the nodes, in an order that stays. */
    List<String> names() {
        return isConnected() ? nodes.names() : List.of();
    }

    /** Whether every key has a node, as far as is known. */
    boolean isWhole() {
        return isConnected() && nodes.areWhole();
    }

    /** Sends commands to a node; each of them completes at some time. */
    void send(String node, Sending sending) {
        CompletionStage<Void> sent;
        try {
            sent = nodes.connection(node).thenCompose(connection -> {
                Guard guard = guard(node, connection);
                return guard.trusted(() -> check(node, guard)).thenRun(() -> sending.over(guard));
            });
        } catch (RedisException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        sent.whenComplete((done, failure) -> {
            if (failure != null) {
                sending.fail(failure);
            }
        });
    }

    /** Sends a command to where a cluster said that its key is moving to. */
    void sendAsking(String host, int port, Sending sending) {
        nodes.connection(host, port).whenComplete((connection, failure) -> {
            if (failure != null) {
                sending.fail(failure);
            } else {
                sending.over(guard(host + ":" + port, connection));
            }
        });
    }

    /** Asks anew which node holds what, ends when that is known. */
    CompletionStage<?> refresh() {
        lastRefresh = System.nanoTime();
        return nodes.refresh();
    }

    /** The same without waiting, and not more often than every second. */
    void refreshSoon() {
        if (System.nanoTime() - lastRefresh >= RETRY_NANOS) {
            refresh();
        }
    }

    @Override
    public void close() {
        nodes.close();
    }

    private synchronized boolean connect() {
        if (nodes.isConnected()) {
            return true;
        }
        if (failed && System.nanoTime() - lastFailure < RETRY_NANOS) {
            return false;
        }
        try {
            nodes.connect();
            return true;
        } catch (RedisException e) {
            fail();
            return false;
        }
    }

    /** Takes no lock: it is called on a connection's own thread, for which whoever holds the lock may be waiting. */
    private void fail() {
        lastFailure = System.nanoTime();
        failed = true;
    }

    private Guard guard(String node, StatefulRedisConnection<byte[], byte[]> connection) {
        return guards.compute(
                node,
                (name, old) ->
                        old != null && old.connection().equals(connection) ? old : new Guard(connection, trusted));
    }

    private CompletableFuture<Void> check(String node, Guard guard) {
        byte[] mark;
        try {
            mark = nodes.mark(node);
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
        byte[] data = Request.bytes(UUID.randomUUID().toString());
        var set = Request.unattended(
                CommandType.SET,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Request.args().addKey(mark).addValue(data).add("NX"));
        var get = Request.unattended(
                CommandType.GET,
                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                Request.args().addKey(mark));
        var info = Request.unattended(
                CommandType.INFO,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Request.args().add("server"));
        try {
            guard.connection().dispatch(List.of(set, get, info));
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
        return set.thenCombine(get, (done, found) -> found)
                .thenCombine(info, (found, text) -> Mark.server(text, found))
                .thenCompose(server -> servers.meet(place(node, mark), server))
                .whenComplete((done, failure) -> dropIfReadOnly(node, failure));
    }

    private NodePlace place(String node, byte[] mark) {
        return new NodePlace(new String(mark, StandardCharsets.UTF_8), node, nodes.share(node));
    }

    /** Who answers so was the primary once; its name may lead to another by now. */
    private void dropIfReadOnly(String node, @Nullable Throwable failure) {
        if (failure != null && String.valueOf(failure.getMessage()).contains("READONLY")) {
            nodes.drop(node);
            fail();
        }
    }
}
