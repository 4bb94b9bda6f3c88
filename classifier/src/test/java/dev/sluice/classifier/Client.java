package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.context.ConfigurableApplicationContext;

/** Someone who talks to a running classifier over HTTP. */
record Client(URI address) {
    /** For an answer, or for one that is wanted: more than any machine takes. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Client of(ConfigurableApplicationContext application) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return new Client(URI.create("http://127.0.0.1:" + port));
    }

    /** A request of these lines, as they are. */
    static HttpRequest.Builder plain(byte[]... lines) {
        var body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        return HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(body.toByteArray()));
    }

    HttpResponse<byte[]> post(HttpRequest.Builder request) {
        return send(request.uri(URI.create(address + "/v1/classifications"))
                .header("Content-Type", "application/x-ndjson"));
    }

    HttpResponse<byte[]> delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).DELETE());
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)));
    }

    /** A person's profile, which must be there. */
    SegmentedProfile profile(String person) {
        var response = get("/v1/people/demo/" + person);
        assertThat(response.statusCode()).isEqualTo(200);
        return SegmentedProfileJson.read(response.body());
    }

    String text(String path) {
        return text(get(path));
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Waits until what is at a path holds a part. */
    void await(String path, String part) {
        await(() -> text(path), text -> text.contains(part));
    }

    /** Waits until an answer is as wanted. */
    static <T> void await(Supplier<T> asked, Predicate<T> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T answer = asked.get();
        while (!wanted.test(answer) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            answer = asked.get();
        }
        assertThat(answer).matches(wanted);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }
}
