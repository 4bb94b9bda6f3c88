package dev.sluice.local.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

/**
 * Posts request bodies to the tracker; at most so many at the same time, the others wait in order. Thread-safe; each
 * call blocks, so make it on a virtual thread.
 */
final class TrackerClient implements AutoCloseable {
    private static final Duration PAUSE_AFTER_A_BROKEN_CONNECTION = Duration.ofMillis(250);

    private final SimulatorSettings settings;
    private final String base;
    private final Semaphore inFlight;
    private final String authorization;
    private final HttpClient http;

    TrackerClient(SimulatorSettings settings) {
        this.settings = settings;
        this.base = settings.tracker().toString().replaceFirst("/+$", "");
        this.inFlight = new Semaphore(settings.maxInFlight(), true);
        byte[] credentials = (settings.writeKey() + ":").getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** One try. A broken connection or a timeout is an unclear answer, not an exception. */
    Answer post(Shipment shipment, byte[] body) throws InterruptedException {
        HttpRequest request = request(shipment, body);
        inFlight.acquire();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
            return Answer.read(response.statusCode(), retryAfter, response.body());
        } catch (IOException e) {
            return new Answer.Unclear(e.getClass().getSimpleName(), PAUSE_AFTER_A_BROKEN_CONNECTION);
        } finally {
            inFlight.release();
        }
    }

    /** Breaks off what is in flight. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Shipment shipment, byte[] body) {
        URI address = URI.create(base + shipment.endpoint().path());
        var request = HttpRequest.newBuilder(address)
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/json");
        if (!shipment.keyInBody()) {
            request.header("Authorization", authorization);
        }
        if (shipment.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return request.POST(BodyPublishers.ofByteArray(shipment.gzip() ? gzip(body) : body))
                .build();
    }

    private static byte[] gzip(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory failed", e);
        }
        return bytes.toByteArray();
    }
}
