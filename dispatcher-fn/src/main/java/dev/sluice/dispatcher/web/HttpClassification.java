package dev.sluice.dispatcher.web;

import dev.sluice.dispatcher.Classification;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The classifier over HTTP: one POST of compressed lines, no redirects, one deadline from connecting to the last byte
 * of the answer. Thread-safe; keeps its connections open between calls.
 */
public final class HttpClassification implements Classification, AutoCloseable {
    /** Bytes of an answer: every line of the largest request set aside, with its reason. */
    private static final int MAX_ANSWER = 4 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Of a call's time, if that is more. */
    private static final int CONNECT_SHARE = 10;

    private final HttpClient client;
    private final URI address;
    private final Duration timeout;

    /**
     * @param classifier its address, without a path
     * @param timeout of one call, shorter than the function's own
     */
    public HttpClassification(URI classifier, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectWithin(timeout))
                .build();
        this.address = classifier.resolve("/v1/classifications");
        this.timeout = timeout;
    }

    /** Long before the call's time is over, so that a classifier that is gone is told from one that is slow. */
    static Duration connectWithin(Duration timeout) {
        Duration share = timeout.dividedBy(CONNECT_SHARE);
        return share.compareTo(CONNECT) > 0 ? share : CONNECT;
    }

    @Override
    public Verdict classify(List<byte[]> lines) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(LineBatch.encode(lines)))
                .build();
        // The client's own timeout ends with the headers; a body that drips must end too.
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
        try {
            return verdict(call.get(timeout.toMillis(), TimeUnit.MILLISECONDS), lines.size());
        } catch (TimeoutException e) {
            call.cancel(true);
            return new Unavailable("the classifier did not answer within " + timeout);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Unavailable(
                    "the classifier is unreachable: " + cause.getClass().getSimpleName());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted");
        }
    }

    private static Verdict verdict(HttpResponse<byte[]> response, int lines) {
        String reason = "the classifier answered " + response.statusCode();
        return switch (response.statusCode()) {
            case 200 -> read(response.body(), lines);
            case 400, 413, 422 -> new Refused(reason);
            case 500 -> new Failed(reason);
            // The rest is about who was asked and when. Least of all may a wrong address, which every request meets
            // with 401, 403, 404 or 405, set a whole stream aside.
            default -> new Unavailable(reason);
        };
    }

    private static Verdict read(byte[] answer, int lines) {
        try {
            return AnswerJson.read(answer, lines);
        } catch (MalformedException e) {
            return new Unavailable("the classifier's answer is not understood: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
