package dev.sluice.local.drills;

import dev.sluice.local.eventsource.Stop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Phones: each sends one request after the other and repeats it, with the same ids, until it is acknowledged. They
 * remember which events were. Thread-safe.
 */
final class Clients implements AutoCloseable {
    /** What one try was answered: 0 if nothing came. */
    record Try(long begun, Duration took, int status, boolean retryAfter) {
        boolean acknowledged() {
            return status == 200;
        }

        /** Acknowledged, or told to come back: what a machine says that is too busy for Kinesis and for S3. */
        boolean answered() {
            return acknowledged() || status == 503 && retryAfter;
        }
    }

    /**
     * Who sends how much.
     *
     * @param name begins the ids of their events
     * @param clients how many
     * @param pause of each between an answer and the next request, and before a repeat if it is the longer one
     * @param eventsARequest 1 or more
     */
    record Habits(String name, int clients, Duration pause, int eventsARequest) {
        private Duration beforeARepeat() {
            return pause.compareTo(BEFORE_A_REPEAT) > 0 ? pause : BEFORE_A_REPEAT;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BEFORE_A_REPEAT = Duration.ofMillis(250);

    private final URI address;
    private final String writeKey;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Try> tries = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Stop stop = new Stop();
    private final HttpClient http;

    Clients(URI tracker, String writeKey) {
        this.address = tracker.resolve("/v1/batch");
        this.writeKey = writeKey;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    Clients start(Habits habits) {
        for (int client = 0; client < habits.clients(); client++) {
            String name = habits.name() + "-" + client;
            Duration first = habits.pause().multipliedBy(client).dividedBy(habits.clients());
            threads.execute(() -> live(name, habits, first));
        }
        return this;
    }

    private void live(String name, Habits habits, Duration first) {
        try {
            Duration wait = first;
            for (int request = 0; !stop.within(wait); request++) {
                List<String> ids = new ArrayList<>();
                for (int event = 0; event < habits.eventsARequest(); event++) {
                    ids.add(name + "-" + request + "-" + event);
                }
                sendUntilAcknowledged(name, ids, habits.beforeARepeat());
                wait = habits.pause();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendUntilAcknowledged(String person, List<String> ids, Duration beforeARepeat)
            throws InterruptedException {
        HttpRequest request = request(person, ids);
        do {
            if (send(request).acknowledged()) {
                acknowledged.addAll(ids);
                return;
            }
        } while (!stop.within(beforeARepeat));
    }

    private HttpRequest request(String person, List<String> ids) {
        String events = ids.stream()
                .map(id -> "{\"type\":\"track\",\"event\":\"Level Won\",\"userId\":\"" + person + "\",\"messageId\":\""
                        + id + "\",\"properties\":{\"level\":7,\"score\":12345}}")
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", basic(writeKey))
                .POST(HttpRequest.BodyPublishers.ofByteArray(events.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    static String basic(String writeKey) {
        return "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    private Try send(HttpRequest request) throws InterruptedException {
        long begun = System.nanoTime();
        int status = 0;
        boolean retryAfter = false;
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            status = answer.statusCode();
            retryAfter = answer.headers().firstValue("Retry-After").isPresent();
        } catch (IOException none) {
            // Counted as status 0.
        }
        var one = new Try(begun, Duration.ofNanos(System.nanoTime() - begun), status, retryAfter);
        tries.add(one);
        return one;
    }

    /** Ids of the events that were acknowledged so far. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int count() {
        return acknowledged.size();
    }

    /** Tries that ended so far and began at or after a {@link System#nanoTime}. */
    List<Try> triesSince(long nanoTime) {
        return tries.stream().filter(it -> it.begun() - nanoTime >= 0).toList();
    }

    /** Tries that ended so far and began within a time, by {@link System#nanoTime}. */
    List<Try> triesOf(long from, long until) {
        return triesSince(from).stream().filter(it -> it.begun() - until < 0).toList();
    }

    List<Try> tries() {
        return List.copyOf(tries);
    }

    long nothingCame() {
        return tries.stream().filter(it -> it.status() == 0).count();
    }

    static Duration percentile(List<Try> tries, double share) {
        List<Duration> sorted = tries.stream().map(Try::took).sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }

    /** No new requests; waits for those on their way. */
    void rest() {
        stop.now();
        threads.close();
    }

    @Override
    public void close() {
        stop.now();
        http.shutdownNow();
        threads.shutdownNow();
    }
}
