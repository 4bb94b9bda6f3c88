package dev.sluice.tracker.web;

import java.time.Duration;

/**
 * Where the tracker listens, and what a client may cost it. The defaults are in application.yaml.
 *
 * @param address to bind, all of the machine's if empty
 * @param port 0 for any free one
 * @param threads event loops, 0 for one a processor, at most 64
 * @param connections open at once; more are answered 503 and closed, 1 to 100,000
 * @param requests with a body that wait for their answer at once; more are answered 503, 1 to 1,000,000
 * @param pipelined requests of one connection that wait for their answers before no more is read from it, 1 to 1,000
 * @param headerBytes of one request's header fields, and of its first line, 1 KiB to 64 KiB
 * @param arrivingBytes of bodies that have come in part, of all connections together; more are answered 503, 64 KiB to 1
 *     GiB
 * @param gzipRatio how many times its sent size a body beyond 64 KiB may unpack to, 2 to 1,100, which is all that gzip can
 * @param requestWithin from a request's first byte to its last, 100 ms to 5 min
 * @param writeWithin for a client to take an answer, 100 ms to 5 min
 * @param idleWithin between requests; longer than the load balancer's, so that it is the one to close, 100 ms to 1 h
 * @param drainWithin for what is under way at the stop, 100 ms to 1 min
 */
public record ListenerSettings(
        String address,
        int port,
        int threads,
        int connections,
        int requests,
        int pipelined,
        int headerBytes,
        long arrivingBytes,
        int gzipRatio,
        Duration requestWithin,
        Duration writeWithin,
        Duration idleWithin,
        Duration drainWithin) {
    private static final Duration LEAST = Duration.ofMillis(100);

    public ListenerSettings {
        address = address == null ? "" : address;
        within("port", port, 0, 65_535);
        within("threads", threads, 0, 64);
        within("connections", connections, 1, 100_000);
        within("requests", requests, 1, 1_000_000);
        within("pipelined", pipelined, 1, 1000);
        within("header-bytes", headerBytes, 1024, 64 << 10);
        within("arriving-bytes", arrivingBytes, 64 << 10, 1 << 30);
        within("gzip-ratio", gzipRatio, 2, 1100);
        within("request-within", requestWithin, Duration.ofMinutes(5));
        within("write-within", writeWithin, Duration.ofMinutes(5));
        within("idle-within", idleWithin, Duration.ofHours(1));
        within("drain-within", drainWithin, Duration.ofMinutes(1));
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "http." + name + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    private static void within(String name, Duration value, Duration most) {
        if (value == null || value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "http." + name + " is " + value + "; it must be from " + LEAST + " to " + most);
        }
    }
}
