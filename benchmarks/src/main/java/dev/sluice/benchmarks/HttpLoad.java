package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends requests from one thread over many connections, one request at a time on each, as a load balancer does. Cheap:
 * requests are made beforehand, answers are looked at only for their status and length. Not thread-safe.
 */
final class HttpLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SOON_NANOS = 2_000_000;

    private final Selector selector;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
    private final List<ByteBuffer> requests;
    private int next;

    /**
     * What came of it.
     *
     * @param answered 200
     * @param failed answered otherwise
     * @param unsent had no connection free when they were due
     * @param seconds from the first request to the last answer that counts
     * @param micros of each answer that counts, sorted: from the moment at which it was to be sent
     */
    record Figures(long answered, long failed, long unsent, double seconds, int[] micros) {
        double perSecond() {
            return answered / seconds;
        }

        double millis(double quantile) {
            return micros.length == 0 ? Double.NaN : micros[(int) (quantile * (micros.length - 1))] / 1000.0;
        }
    }

    private HttpLoad(Selector selector, List<byte[]> requests) {
        this.selector = selector;
        this.requests = requests.stream().map(HttpLoad::direct).toList();
    }

    static HttpLoad to(InetSocketAddress server, int connections, List<byte[]> requests) {
        try {
            var load = new HttpLoad(Selector.open(), requests);
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(server);
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                SelectionKey key = channel.register(load.selector, SelectionKey.OP_READ);
                var connection = new HttpConnection(channel, key);
                key.attach(connection);
                load.connections.add(connection);
                load.idle.add(connection);
            }
            return load;
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + server, e);
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** As fast as the server answers: a closed loop. */
    Figures flood(Duration time) {
        return run(time, 0, 1);
    }

    /**
     * At a fixed rate whatever the server does: an open loop. A request's time begins when it was due, so a server that
     * stalls is charged for those that had to wait as well.
     */
    Figures pace(double perSecond, Duration time) {
        return run(time, 1e9 / perSecond, 1);
    }

    /** The same, of which only every {@code nth} request counts, the first one first: the others are somebody else's. */
    Figures pace(double perSecond, Duration time, int nth) {
        return run(time, 1e9 / perSecond, nth);
    }

    private Figures run(Duration time, double nanosBetween, int nth) {
        var tally = new Tally();
        next = 0;
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long due = 0;
        long now = begun;
        try {
            while (now < end) {
                while (!idle.isEmpty() && (nanosBetween == 0 || begun + (long) (due * nanosBetween) <= now)) {
                    long at = nanosBetween == 0 ? now : begun + (long) (due * nanosBetween);
                    due++;
                    boolean counts = next % nth == 0;
                    idle.remove().send(requests.get(next++ % requests.size()).duplicate(), at, counts);
                }
                // Waits rather than spins, since other servers may share this core; yet never past the next due moment.
                boolean soon = nanosBetween > 0 && begun + (long) (due * nanosBetween) - now < SOON_NANOS;
                answers(tally, soon ? 0 : 1);
                now = System.nanoTime();
            }
            // What was sent is waited for, and what was due but had no connection free has failed.
            double seconds = (now - begun) / 1e9;
            long answered = tally.answered;
            long unsent = nanosBetween == 0 ? 0 : Math.max(0, (long) (time.toNanos() / nanosBetween) - due) / nth;
            drain(tally);
            return new Figures(
                    nanosBetween == 0 ? answered : tally.answered, tally.failed, unsent, seconds, tally.sorted());
        } catch (IOException e) {
            throw new UncheckedIOException("the load broke off", e);
        }
    }

    private void drain(Tally tally) throws IOException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (idle.size() < connections.size() && System.nanoTime() < limit) {
            answers(tally, 1);
        }
        if (idle.size() < connections.size()) {
            throw new IOException(connections.size() - idle.size() + " requests have no answer after " + PATIENCE);
        }
    }

    private void answers(Tally tally, long waitMillis) throws IOException {
        Consumer<SelectionKey> turn = key -> {
            if (key.attachment() instanceof HttpConnection connection) {
                turn(connection, key, tally);
            }
        };
        if ((waitMillis == 0 ? selector.selectNow(turn) : selector.select(turn, waitMillis)) == 0) {
            Thread.onSpinWait();
        }
    }

    private void turn(HttpConnection connection, SelectionKey key, Tally tally) {
        try {
            if (key.isWritable()) {
                connection.sendRest();
            }
            if (key.isReadable() && connection.receive()) {
                tally.add(connection);
                idle.add(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a connection broke", e);
        }
    }

    @Override
    public void close() {
        try {
            for (HttpConnection connection : connections) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has been answered so far. */
    private static final class Tally {
        private long answered;
        private long failed;
        private int[] micros = new int[1 << 16];

        void add(HttpConnection connection) {
            if (!connection.counts()) {
                return;
            }
            if (connection.status() != 200) {
                failed++;
                return;
            }
            if (answered == micros.length) {
                micros = Arrays.copyOf(micros, 2 * micros.length);
            }
            micros[(int) answered] = (int) ((System.nanoTime() - connection.since()) / 1000);
            answered++;
        }

        int[] sorted() {
            int[] sorted = Arrays.copyOf(micros, (int) answered);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
