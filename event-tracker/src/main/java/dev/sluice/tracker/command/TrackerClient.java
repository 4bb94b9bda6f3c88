package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A running tracker, sent batches as any server would. One thread. */
final class TrackerClient implements AutoCloseable {
    private static final int ATTEMPTS = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI batch;
    private final String authorization;

    /** @throws Failure if the address is none, or the file holds no write key */
    TrackerClient(URI tracker, Path writeKeyFile) {
        if (!Set.of("http", "https").contains(String.valueOf(tracker.getScheme())) || tracker.getHost() == null) {
            throw Failure.wrongUse("--tracker must be an address such as https://events.example.com");
        }
        this.batch = tracker.resolve("/v1/batch");
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((key(writeKeyFile) + ":").getBytes(StandardCharsets.UTF_8));
    }

    private static String key(Path file) {
        try {
            String key = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!key.matches("[\\x21-\\x7e&&[^:]]{1,256}")) {
                throw Failure.wrongUse("--write-key-file " + file + " must hold one write key and nothing else");
            }
            return key;
        } catch (IOException e) {
            throw Failure.wrongUse("--write-key-file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    /** Why an event was refused. */
    record Refusal(int index, String code, String message) {}

    /** Sends events; which were refused again. Waits as long as it is told to, for some attempts. */
    List<Refusal> send(List<Value.Fields> events) {
        byte[] body = JsonText.writeObject(json -> {
            json.writeArrayPropertyStart("batch");
            events.forEach(event -> JsonText.write(json, event));
            json.writeEndArray();
        });
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> answer = post(body);
            switch (answer.statusCode()) {
                case 200, 400 -> {
                    return refusals(answer.body(), events.size());
                }
                case 429, 503 -> {
                    if (attempt == ATTEMPTS) {
                        throw Failure.unreachable("the tracker answers " + answer.statusCode() + " again and again");
                    }
                    pause(answer);
                }
                case 401 -> throw Failure.wrongUse("the tracker does not know the write key");
                default -> throw Failure.unreachable("the tracker answered " + answer.statusCode());
            }
        }
    }

    private HttpResponse<byte[]> post(byte[] body) {
        var request = HttpRequest.newBuilder(batch)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw Failure.unreachable(
                    "the tracker does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    private static void pause(HttpResponse<byte[]> answer) {
        long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(2);
        try {
            Thread.sleep(Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_PAUSE.toSeconds())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    private static List<Refusal> refusals(byte[] body, int events) {
        try {
            Value.Fields answer = JsonText.readObject(body);
            var refusals = new ArrayList<Refusal>();
            for (Value.Fields each : answer.innerList("rejected")) {
                refusals.add(new Refusal((int) each.whole("index"), each.text("code"), each.text("message")));
            }
            if (refusals.isEmpty() && !answer.flag("success")) {
                for (int index = 0; index < events; index++) {
                    refusals.add(new Refusal(index, answer.text("code"), answer.text("message")));
                }
            }
            return refusals;
        } catch (MalformedException e) {
            throw Failure.unreachable("what answers is not a tracker");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
