package dev.sluice.dispatcher.web;

import dev.sluice.dispatcher.schedule.TimeKeeping;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The classifier's rounds and audit over HTTP. Thread-safe; keeps its connections open between calls. */
public final class HttpTimeKeeping implements TimeKeeping, AutoCloseable {
    private static final int MAX_ANSWER = 64 << 10;

    private final HttpClient client;
    private final URI classifier;
    private final Duration timeout;

    /**
     * @param classifier its address, without a path
     * @param timeout of one call
     */
    public HttpTimeKeeping(URI classifier, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(HttpClassification.connectWithin(timeout))
                .build();
        this.classifier = classifier;
        this.timeout = timeout;
    }

    @Override
    public Answer round() {
        return post(
                "/v1/due",
                json -> new Looked(
                        count(json, "evaluated"),
                        count(json, "changed"),
                        0,
                        json.flag("more") ? Optional.of("more") : Optional.empty()));
    }

    @Override
    public Answer page(Optional<String> cursor, Optional<Instant> releasing) {
        List<String> query = new ArrayList<>();
        cursor.ifPresent(text -> query.add("cursor=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
        releasing.ifPresent(moment -> query.add("releasing=" + moment));
        return post(
                "/v1/audit" + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                json -> new Looked(
                        count(json, "checked"), count(json, "differed"), count(json, "later"), json.findText("next")));
    }

    private Answer post(String path, Function<Value.Fields, Answer> read) {
        HttpRequest request = HttpRequest.newBuilder(classifier.resolve(path))
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<byte[]> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
            return response.statusCode() == 200
                    ? read.apply(JsonText.readObject(response.body()))
                    : new Unavailable("the classifier answered " + response.statusCode());
        } catch (MalformedException e) {
            return new Unavailable("the classifier's answer is not understood: " + e.getMessage());
        } catch (IOException e) {
            return new Unavailable(
                    "the classifier is unreachable: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted");
        }
    }

    private static int count(Value.Fields json, String name) {
        return Math.toIntExact(json.whole(name));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
