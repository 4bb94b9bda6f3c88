package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.tracker.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts batches to a tracker and tries again what was not taken, with the same ids, after as long as the tracker asked for or
 * twice as long as the last time. Used by one thread.
 */
final class BatchSender implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(30);
    /** A body that becomes smaller than one in so many goes unpacked: a tracker takes what unpacks too well for a bomb. */
    private static final int MOST_PACKED = 50;

    private static final byte[] PROBE = "{\"batch\":[{\"type\":\"probe\"}]}".getBytes(StandardCharsets.UTF_8);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Settings settings;
    private final RandomGenerator random;

    /**
     * @param tracker its address
     * @param giveUpAfter how long one batch is tried
     * @param firstWait before the second attempt
     * @param validate only judge
     */
    record Settings(URI tracker, String writeKey, Duration giveUpAfter, Duration firstWait, boolean validate) {}

    /** What the tracker said of a batch. */
    sealed interface Answer {
        /**
         * It judged every message.
         *
         * @param refused by place
         */
        record Judged(Map<Integer, Problem> refused) implements Answer {}

        /** It refused the body. */
        record RefusedWhole(Problem problem) implements Answer {}
    }

    /**
     * An answer, in the end.
     *
     * @param retries before it
     */
    record Answered(Answer answer, int retries) {}

    BatchSender(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * Asks it until it answers.
     *
     * @throws Failure if the tracker would store what is only to be judged, or as {@link #post}
     */
    void requireThatItOnlyJudges() {
        if (!reply(PROBE).validated()) {
            throw Failure.wrongUse(
                    "the tracker at " + settings.tracker() + " cannot judge without storing, so nothing was sent");
        }
    }

    /**
     * Sends one batch until it is answered.
     *
     * @throws Failure if the tracker cannot be reached for too long, or does not know the write key
     */
    Answered post(byte[] body) {
        Reply reply = reply(body);
        return new Answered(answer(reply), reply.retries());
    }

    /** From a tracker that has room and knows the write key. */
    private record Reply(int status, Value.Fields json, int retries) {
        boolean validated() {
            return json.find("validated").equals(Optional.of(Value.of(true)));
        }
    }

    private Reply reply(byte[] body) {
        long start = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            HttpResponse<byte[]> response = send(body, attempt, start);
            int status = response.statusCode();
            if (status != 429 && status < 500) {
                return known(new Reply(status, json(response), attempt));
            }
            pause(attempt, response, start);
        }
    }

    private HttpResponse<byte[]> send(byte[] body, int attempts, long start) {
        HttpRequest request = request(body);
        for (int attempt = attempts; ; attempt++) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                pause(attempt, null, start);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.unreachable("interrupted");
            }
        }
    }

    private HttpRequest request(byte[] body) {
        byte[] packed = gzip(body);
        boolean packing = (long) packed.length * MOST_PACKED > body.length;
        HttpRequest.Builder request = HttpRequest.newBuilder(address())
                .timeout(REQUEST_WITHIN)
                .header("Content-Type", "application/json")
                .header("Authorization", basic(settings.writeKey()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(packing ? packed : body));
        return (packing ? request.header("Content-Encoding", "gzip") : request).build();
    }

    private URI address() {
        String base = settings.tracker().toString().replaceAll("/+$", "");
        return URI.create(base + "/v1/import" + (settings.validate() ? "?validate=true" : ""));
    }

    private Reply known(Reply reply) {
        if (reply.status() == 401) {
            throw Failure.wrongUse("the tracker does not know the write key");
        }
        if (reply.status() == 404 || reply.status() == 405) {
            throw Failure.wrongUse("there is no tracker at " + settings.tracker());
        }
        return reply;
    }

    private Answer answer(Reply reply) {
        if (settings.validate() && reply.status() == 200 && !reply.validated()) {
            throw Failure.wrongUse("the tracker stored what it was to judge only");
        }
        Map<Integer, Problem> refused = new TreeMap<>();
        for (Value.Fields each : reply.json().innerList("rejected")) {
            refused.put((int) each.whole("index"), problem(each));
        }
        boolean judged = reply.status() == 200 || !refused.isEmpty();
        return judged ? new Answer.Judged(refused) : new Answer.RefusedWhole(problem(reply.json()));
    }

    private static Problem problem(Value.Fields json) {
        return new Problem(json.text("code"), json.findText("message").orElse(""));
    }

    private static Value.Fields json(HttpResponse<byte[]> response) {
        try {
            return JsonText.readObject(response.body());
        } catch (MalformedException e) {
            throw Failure.unreachable("what answers is no tracker: status " + response.statusCode());
        }
    }

    private void pause(int attempt, @Nullable HttpResponse<byte[]> response, long start) {
        if (System.nanoTime() - start > settings.giveUpAfter().toNanos()) {
            throw Failure.unreachable("the tracker at " + settings.tracker()
                    + (response == null ? " does not answer" : " answers " + response.statusCode())
                    + "; run the same again, an import with --resume, to go on");
        }
        long doubled = settings.firstWait().toMillis() << Math.min(attempt, 12);
        long millis = response == null
                ? doubled
                : response.headers()
                        .firstValue("Retry-After")
                        .filter(text -> text.matches("[0-9]{1,4}"))
                        .map(text -> Long.parseLong(text) * 1000)
                        .orElse(doubled);
        long jitter = random.nextLong(1 + Math.min(millis, LONGEST_WAIT.toMillis()) / 4);
        try {
            Thread.sleep(Math.min(millis, LONGEST_WAIT.toMillis()) + jitter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    private static String basic(String writeKey) {
        return "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 4);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        http.close();
    }
}
