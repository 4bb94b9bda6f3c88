package dev.sluice.activators.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A partner over HTTP/1.1 on loopback that remembers what it received and answers as it is told: the answers of {@link
 * #next} once each, in their order, and then always that of {@link #always} (204 until it is told).
 */
public final class ScriptedServer implements AutoCloseable {
    private static final int MAX_BODY = 64 << 20;
    private final ServerSocket listener;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread accepting;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final List<Received> received = new ArrayList<>();
    private final ConcurrentLinkedQueue<Reply> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Reply always = Reply.status(204);

    public ScriptedServer() {
        this("http", ServerSocketFactory.getDefault());
    }

    /** Over the sockets of a factory: for TLS, say. */
    public ScriptedServer(String scheme, ServerSocketFactory sockets) {
        this.scheme = scheme;
        try {
            listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting = Thread.ofVirtual().start(this::accept);
    }

    /** One request; header names in lower case. */
    public record Received(String method, String target, Map<String, String> headers, String body) {
        /** A header's value, empty if it is missing. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Nothing at all until the server closes. */
    public Reply silence() {
        return out -> {
            untilClosed(Duration.ofHours(1));
            return false;
        };
    }

    /** The head, and then nothing of its body until the server closes. */
    public Reply stalledBody(int status) {
        return out -> {
            out.write(Reply.head(status, "content-length: 100\r\n"));
            out.flush();
            untilClosed(Duration.ofHours(1));
            return false;
        };
    }

    /** An answer byte by byte with a gap before each, for as long as the client stays: a slow loris. */
    public Reply dribble(int status, Duration gap) {
        return out -> {
            byte[] head = Reply.head(status, "content-length: 1000000\r\n");
            for (int i = 0; i < head.length + 1_000_000; i++) {
                if (untilClosed(gap)) {
                    return false;
                }
                out.write(i < head.length ? head[i] : ' ');
                out.flush();
            }
            return false;
        };
    }

    /** What it answers to the next requests that nothing was said of yet, one each. */
    public void next(Reply... replies) {
        next.addAll(List.of(replies));
    }

    /** What it answers to all requests of which {@link #next} says nothing. */
    public void always(Reply reply) {
        always = reply;
    }

    /** Its address, with a path and query. */
    public URI uri(String target) {
        return URI.create(scheme + "://127.0.0.1:" + port() + target);
    }

    /** A request of JSON to it. */
    PartnerHttp.Request post(String target, String json) {
        return new PartnerHttp.Request(
                "POST", uri(target), Map.of("content-type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Requests so far, in the order in which they were complete. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Returns once it has received so many. The test's own limit of time bounds it. */
    public void awaitReceived(int requests) throws InterruptedException {
        synchronized (received) {
            while (received.size() < requests) {
                received.wait();
            }
        }
    }

    /** Connections so far, with or without a request. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        synchronized (open) {
            open.forEach(ScriptedServer::closeQuietly);
        }
        threads.shutdownNow();
        try {
            // Until it ends the kernel may let one more client in.
            accepting.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            boolean again = true;
            while (again) {
                String first = line(in);
                if (first.isEmpty()) {
                    return;
                }
                Received request = read(first, in);
                synchronized (received) {
                    received.add(request);
                    received.notifyAll();
                }
                Reply reply = next.poll();
                again = (reply == null ? always : reply).to(socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client has gone; what it sent is remembered.
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(String first, InputStream in) throws IOException {
        String[] parts = first.split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Math.min(MAX_BODY, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Received(parts[0], parts[1], headers, body);
    }

    /** One line without its end; empty also at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the server closed within that time. */
    private boolean untilClosed(Duration longest) {
        try {
            return closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It was closed already.
        }
    }
}
