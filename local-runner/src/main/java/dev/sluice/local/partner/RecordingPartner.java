package dev.sluice.local.partner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An advertising partner on loopback: takes signed webhooks at {@code /segments}, remembers each id once.
 *
 * <p>Answers 204 to what it recorded, 401 to a bad signature, 400 to an unknown form, 413 to a body over 64 KiB. Keeps
 * at most a million deliveries. Thread-safe.
 */
public final class RecordingPartner implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_DELIVERIES = 1_000_000;
    private static final long LONGEST_HANG_MILLIS = 60_000;

    private final WebhookSignature signature;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    // All below is guarded by this.
    private final Map<String, Delivery> byId = new HashMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private long redelivered;
    private long altered;
    private long badSignatures;
    private long unreadable;
    private long refused;
    private long overflowed;
    private int hanging;
    private Mood mood = new Mood.Well();
    private boolean closed;

    private RecordingPartner(HttpServer server, String secret, Clock clock) {
        this.server = server;
        this.signature = new WebhookSignature(secret);
        this.clock = clock;
    }

    /**
     * Listens on loopback.
     *
     * @param port 0 for any free one
     * @param secret {@code whsec_} and the key in base64
     * @throws IOException if the port is taken
     */
    public static RecordingPartner start(int port, String secret, Clock clock) throws IOException {
        // Read once by the JDK's server. Without it each small answer waits 40 ms for an acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        var partner = new RecordingPartner(server, secret, clock);
        server.createContext("/segments", partner::handle);
        server.setExecutor(partner.threads);
        server.start();
        return partner;
    }

    /** Where to post webhooks to. */
    public URI address() {
        var bound = server.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/segments");
    }

    /** Changes how requests are answered from now on; those that hang are let go with a 503. */
    public synchronized void feel(Mood mood) {
        this.mood = mood;
        notifyAll();
    }

    /** Everything so far; a copy. */
    public synchronized PartnerRecord recorded() {
        return new PartnerRecord(deliveries, redelivered, altered, badSignatures, unreadable, refused, overflowed);
    }

    /** How many requests hang. */
    public synchronized int hanging() {
        return hanging;
    }

    /** How many different deliveries arrived. */
    public synchronized int deliveryCount() {
        return deliveries.size();
    }

    /** The last few deliveries, oldest first; a copy. */
    public synchronized List<Delivery> latest(int atMost) {
        return List.copyOf(deliveries.subList(Math.max(0, deliveries.size() - atMost), deliveries.size()));
    }

    /** When the first delivery caused by this event arrived, by {@link System#nanoTime()}. */
    public synchronized OptionalLong firstArrivalNanos(String eventId) {
        return deliveries.stream()
                .filter(delivery -> eventId.equals(delivery.eventId()))
                .mapToLong(Delivery::arrivedNanos)
                .findFirst();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            long nanos = System.nanoTime();
            exchange.sendResponseHeaders(answer(exchange, body, nanos), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing: the exchange ends without an answer
        }
    }

    private int answer(HttpExchange exchange, byte[] body, long nanos) throws InterruptedException {
        if (body.length > MAX_BODY_BYTES) {
            return 413;
        }
        Instant now = clock.instant();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        Optional<String> fault = signature.fault(
                id,
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                new WebhookSignature.SignedBody(body, now));
        if (id == null || fault.isPresent()) {
            synchronized (this) {
                badSignatures++;
            }
            return 401;
        }
        return answer(id, DeliveryReader.read(id, new String(body, StandardCharsets.UTF_8), now, nanos));
    }

    private int answer(String id, Optional<Delivery> delivery) throws InterruptedException {
        return switch (currentMood()) {
            case Mood.Well() -> record(id, delivery);
            case Mood.Slow(Duration delay) -> {
                Thread.sleep(delay);
                yield record(id, delivery);
            }
            case Mood.Failing(int status) -> refuse(status);
            case Mood.Hanging hanging -> {
                hang(hanging);
                yield refuse(503);
            }
        };
    }

    private synchronized Mood currentMood() {
        return mood;
    }

    private synchronized int refuse(int status) {
        refused++;
        return status;
    }

    private synchronized void hang(Mood.Hanging since) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_HANG_MILLIS * 1_000_000;
        hanging++;
        try {
            while (mood.equals(since) && !closed && System.nanoTime() < end) {
                wait(LONGEST_HANG_MILLIS);
            }
        } finally {
            hanging--;
        }
    }

    private synchronized int record(String id, Optional<Delivery> read) {
        if (read.isEmpty()) {
            unreadable++;
            return 400;
        }
        Delivery delivery = read.get();
        Delivery known = byId.get(id);
        if (known != null) {
            redelivered++;
            if (!known.body().equals(delivery.body())) {
                altered++;
            }
        } else if (deliveries.size() < MAX_DELIVERIES) {
            byId.put(id, delivery);
            deliveries.add(delivery);
        } else {
            overflowed++;
        }
        return 204;
    }
}
