package dev.sluice.tracker.example;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Keeps events in a folder until the tracker has them. One thread flushes at a time; any thread may track. */
public final class OfflineClient {
    private static final int MOST_IN_BATCH = 100;
    private static final int MOST_WAITING = 10_000;
    private static final long LONGEST_WAIT_MILLIS = 300_000;

    private final Path folder;
    private final URI tracker;
    private final String authorization;
    private int batchSize = MOST_IN_BATCH;
    private int failures;

    public OfflineClient(Path folder, URI tracker, String writeKey) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.tracker = tracker;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    }

    /** The event is on the disk when this returns. Its id and its time are made now, once, and never change. */
    public void track(String userId, String event, String propertiesJson) throws IOException {
        String id = UUID.randomUUID().toString();
        String json = "{\"type\":\"track\",\"messageId\":\"" + id + "\",\"timestamp\":\"" + Instant.now()
                + "\",\"userId\":" + quoted(userId) + ",\"event\":" + quoted(event)
                + ",\"properties\":" + propertiesJson + "}";
        Path part = folder.resolve(id + ".part");
        Files.write(part, json.getBytes(StandardCharsets.UTF_8));
        Files.move(
                part, folder.resolve(System.currentTimeMillis() + "-" + id + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Sends what waits. Returns when to call again: after so long, or, if it is zero, when there is something new. */
    public Duration flush() throws IOException {
        List<Path> waiting = waiting();
        while (waiting.size() > MOST_WAITING) {
            Files.delete(waiting.remove(0)); // The oldest: what a phone holds must have an end.
        }
        while (!waiting.isEmpty()) {
            List<Path> batch = waiting.subList(0, Math.min(batchSize, waiting.size()));
            HttpURLConnection answer;
            int status;
            try {
                answer = post(batch);
                status = answer.getResponseCode();
            } catch (IOException e) {
                return waitFor(0); // Offline, or no answer: not known, so the same again.
            }
            if (status == 413 && batch.size() > 1) {
                batchSize = batch.size() / 2;
            } else if (status == 200 || status == 400 || status == 413) {
                for (Path file : batch) { // Kept, or refused for good: the same would be refused again.
                    Files.delete(file);
                }
                batch.clear();
                failures = 0;
            } else { // 429 and 5xx pass; 401 and 404 are for the developer, and the events wait.
                return waitFor(answer.getHeaderFieldLong("Retry-After", 0) * 1000);
            }
        }
        return Duration.ZERO;
    }

    private HttpURLConnection post(List<Path> batch) throws IOException {
        var events = new ArrayList<String>();
        for (Path file : batch) {
            events.add(Files.readString(file));
        }
        // The device's clock at the moment of sending: from it the tracker sees that the clock is wrong.
        String body = "{\"sentAt\":\"" + Instant.now() + "\",\"batch\":[" + String.join(",", events) + "]}";
        var connection =
                (HttpURLConnection) tracker.resolve("/v1/batch").toURL().openConnection();
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", authorization);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Content-Encoding", "gzip");
        try (OutputStream out = new GZIPOutputStream(connection.getOutputStream())) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return connection;
    }

    /** As long as the tracker asks, else 1 s, 2 s, 4 s …; with jitter, so that a million phones do not come back at once. */
    private Duration waitFor(long askedMillis) {
        long backedOff = Math.min(LONGEST_WAIT_MILLIS, 1000L << Math.min(failures++, 20));
        long millis = Math.max(askedMillis, backedOff);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    }

    private List<Path> waiting() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList());
        }
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
