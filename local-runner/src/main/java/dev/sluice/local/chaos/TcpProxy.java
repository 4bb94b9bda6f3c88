package dev.sluice.local.chaos;

import dev.sluice.local.eventsource.Stop;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Passes bytes between programs and one server, and breaks, refuses, cuts or stalls connections when told to.
 *
 * <p>Listens on the loopback interface, on a port that the system chooses. A refused connection is taken and broken at
 * once, because a port that is given up could be gone. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 256;
    private static final int CHUNK = 16 * 1024;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final Consumer<FaultKind> happened;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Armed commandCuts = new Armed();
    private final Armed answerCuts = new Armed();
    private final Stop stop = new Stop();
    private volatile long refusingUntil = System.nanoTime();
    private volatile long stalledUntil = System.nanoTime();

    private TcpProxy(ServerSocket listening, InetSocketAddress server, Consumer<FaultKind> happened) {
        this.listening = listening;
        this.server = server;
        this.happened = happened;
    }

    /**
     * Begins to listen.
     *
     * @param port of the server, on loopback
     * @param happened is told of each fault that befell a connection
     */
    static TcpProxy start(int port, Consumer<FaultKind> happened) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            var listening = new ServerSocket(0, MAX_CONNECTIONS, loopback);
            var proxy = new TcpProxy(listening, new InetSocketAddress(loopback, port), happened);
            proxy.threads.execute(proxy::acceptAll);
            return proxy;
        } catch (IOException failed) {
            throw new ServerFailure("the proxy of port " + port + " cannot listen: " + failed.getMessage(), failed);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection, also in the middle of a command or an answer. */
    void drop() {
        if (breakAll()) {
            happened.accept(FaultKind.REDIS_DROPPED);
        }
    }

    /** Breaks every connection, and for a while every new one. */
    void refuse(Duration lasting) {
        refusingUntil = System.nanoTime() + lasting.toNanos();
        if (breakAll()) {
            happened.accept(FaultKind.REDIS_REFUSED);
        }
    }

    /** Holds all bytes back for a while. */
    void stall(Duration lasting) {
        stalledUntil = System.nanoTime() + lasting.toNanos();
        if (!connections.isEmpty()) {
            happened.accept(FaultKind.REDIS_STALLED);
        }
    }

    /** Breaks the next connection that sends something, after a part of it. */
    void cutCommand(Fault fault) {
        commandCuts.add(fault);
    }

    /** Breaks the next connection that is answered, after a part of the answer. */
    void cutAnswer(Fault fault) {
        answerCuts.add(fault);
    }

    /** Lets everything pass from now on. */
    void calm() {
        commandCuts.clear();
        answerCuts.clear();
        refusingUntil = System.nanoTime();
        stalledUntil = System.nanoTime();
    }

    private boolean breakAll() {
        boolean any = !connections.isEmpty();
        connections.forEach(Connection::reset);
        return any;
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                take(listening.accept());
            } catch (IOException closed) {
                // Closing, or one connection that broke before it was taken.
            }
        }
    }

    private void take(Socket client) throws IOException {
        if (refusingUntil - System.nanoTime() > 0 || connections.size() >= MAX_CONNECTIONS) {
            reset(client);
            return;
        }
        var upstream = new Socket();
        try {
            upstream.connect(server, CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException down) {
            reset(client);
            reset(upstream);
            return;
        }
        var connection = new Connection(client, upstream);
        connections.add(connection);
        threads.execute(() -> connection.pump(client, upstream, commandCuts));
        threads.execute(() -> connection.pump(upstream, client, answerCuts));
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Then there is nothing left to break.
        }
    }

    @Override
    public void close() {
        stop.now();
        try {
            listening.close();
        } catch (IOException gone) {
            // It does not listen any more, which is what was wanted.
        }
        breakAll();
        threads.shutdownNow();
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void reset() {
            connections.remove(this);
            TcpProxy.reset(client);
            TcpProxy.reset(upstream);
        }

        void pump(Socket from, Socket to, Armed cuts) {
            var chunk = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(chunk); length >= 0 && !waitedInVain(); length = in.read(chunk)) {
                    var cut = cuts.next();
                    if (cut.isPresent()) {
                        out.write(chunk, 0, length / 2);
                        happened.accept(cut.get().kind());
                        break;
                    }
                    out.write(chunk, 0, length);
                }
            } catch (IOException broken) {
                // Either side may end a connection; the other one then learns of it.
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                reset();
            }
        }

        /** Waits until nothing is stalled; true if everything closes meanwhile. */
        private boolean waitedInVain() throws InterruptedException {
            for (long left = stalledUntil - System.nanoTime(); left > 0; left = stalledUntil - System.nanoTime()) {
                if (stop.within(Duration.ofNanos(Math.min(left, 50_000_000L)))) {
                    return true;
                }
            }
            return false;
        }
    }
}
