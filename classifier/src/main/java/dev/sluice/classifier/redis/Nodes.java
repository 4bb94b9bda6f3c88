package dev.sluice.classifier.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The nodes that hold the keys: one server, or the primaries of a cluster. Thread-safe. */
sealed interface Nodes permits OneServer, Cluster {

    /** Whether there is a connection, or was one that Lettuce is making anew. */
    boolean isConnected();

    /**
     * Makes a first connection unless there is one; waits for it.
     *
     * @throws io.lettuce.core.RedisException if there can be none now
     */
    void connect();

    /** The name of the node that holds a key as far as is known, empty if none does. Does not wait. */
    Optional<String> holding(byte[] key);

    /** The names of all nodes, in their order. Does not wait. */
    List<String> names();

    /** Whether every key is held by one of them. Does not wait. */
    boolean areWhole();

    /** The connection to a node; fails if it cannot be reached. Kept, and the same as long as it is of use. */
    CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String name);

    /** The connection to where a cluster sends a question about a key that is moving. */
    CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String host, int port);

    /** A key that the node holds, and that is the same as long as its share begins alike. */
    byte[] mark(String name);

    /** Which keys the node holds now, as {@link Slots} reads it. */
    String share(String name);

    /** Asks which node holds what; ends also if that fails. Several calls at once are one. */
    CompletionStage<?> refresh();

    /** Drops a connection that is of no use any more; the next call makes another, with the name resolved anew. */
    void drop(String name);

    void close();
}
