package dev.sluice.userdata.redis;

import java.time.Duration;

/**
 * Where Redis is.
 *
 * @param uri {@code redis://host:port} or {@code rediss://host:port}; may hold a password and is never shown
 * @param cluster whether this is one of a cluster's nodes, or the name under which its nodes are found
 * @param timeout of connecting, and of each command
 */
public record RedisServers(String uri, boolean cluster, Duration timeout) {

    @Override
    public String toString() {
        return cluster ? "a Redis cluster" : "a Redis server";
    }
}
