package dev.sluice.benchmarks;

import dev.sluice.model.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonGenerator;

/** Requests as a phone's SDK makes them, of events of about 930 bytes, always the same ones. */
final class ClientEvents {
    static final String WRITE_KEY = "benchmark";

    private static final List<String> NAMES =
            List.of("Application Opened", "Ad Clicked", "Ad Skipped", "Card Played", "Order Completed");
    private static final List<String> BRANDS = List.of("Acme Cola", "Umbra Shoes", "Nordwind", "Pixel Bank");
    private static final List<String> PHONES = List.of("iPhone17,2", "iPhone16,1", "iPad15,3", "iPhone14,7");
    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    /** The clients' clocks are right, as they mostly are: {@link #SKEW} is longer than any run. */
    private static final Instant SENT_AT = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static final int PEOPLE = 100_000;

    /** What the servers take for right. */
    static final Duration SKEW = Duration.ofDays(1);

    private ClientEvents() {}

    /**
     * Whole requests of HTTP, all different.
     *
     * @param batch events of one, 1 for single events
     */
    static List<byte[]> requests(int count, int batch, boolean gzip) {
        return requests(WRITE_KEY, count, batch, gzip);
    }

    /** The same with another write key. */
    static List<byte[]> requests(String writeKey, int count, int batch, boolean gzip) {
        var random = new SplittableRandom(20_261_121L);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        request(writeKey, batch == 1 ? event(random, i, false) : batch(random, batch), batch, gzip))
                .toList();
    }

    private static byte[] request(String writeKey, byte[] plain, int batch, boolean gzip) {
        byte[] body = gzip ? gzip(plain) : plain;
        String head = "POST /v1/" + (batch == 1 ? "track" : "batch") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "User-Agent: analytics-swift/1.9.2\r\nContent-Type: application/json\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.US_ASCII))
                + "\r\n" + (gzip ? "Content-Encoding: gzip\r\n" : "") + "Content-Length: " + body.length + "\r\n\r\n";
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] batch(SplittableRandom random, int size) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("{\"batch\":[".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(event(random, i, true));
        }
        out.writeBytes(("],\"sentAt\":\"" + SENT_AT + "\"}").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** One event as a client sends it. */
    static byte[] event(SplittableRandom random, int index, boolean named) {
        Instant time = START.plusMillis(random.nextInt(3_600_000));
        return JsonText.writeObject(json -> {
            if (named) {
                json.writeStringProperty("type", "track");
            }
            json.writeStringProperty("messageId", uuid(random));
            json.writeStringProperty("anonymousId", uuid(random));
            json.writeStringProperty("userId", "player-%06d".formatted(random.nextInt(PEOPLE)));
            json.writeStringProperty("event", pick(random, NAMES));
            json.writeStringProperty("timestamp", time.toString());
            json.writeObjectPropertyStart("properties");
            json.writeStringProperty("brand", pick(random, BRANDS));
            json.writeStringProperty("level", "world-" + random.nextInt(40));
            json.writeNumberProperty("seconds", random.nextInt(300));
            json.writeNumberProperty("price", random.nextInt(10_000) / 100.0);
            json.writeBooleanProperty("rewarded", random.nextBoolean());
            json.writeStringProperty("session", uuid(random));
            json.writeNumberProperty("index", index);
            json.writeEndObject();
            context(random, json);
        });
    }

    private static void context(SplittableRandom random, JsonGenerator json) {
        json.writeObjectPropertyStart("context");
        object(json, "app", "name", "Card Game", "version", "4.12.1", "build", "41201", "namespace", "com.acme.cards");
        object(
                json,
                "device",
                "id",
                uuid(random),
                "manufacturer",
                "Apple",
                "model",
                pick(random, PHONES),
                "type",
                "ios");
        object(json, "os", "name", "iOS", "version", "26.1");
        object(json, "library", "name", "analytics-swift", "version", "1.9.2");
        object(json, "network", "carrier", "Example Mobile", "cellular", "true", "wifi", "false");
        object(json, "screen", "width", "393", "height", "852", "density", "3");
        json.writeStringProperty("userAgent", "CardGame/4.12.1 (iOS 26.1; Scale/3.00) CFNetwork/3826.500.131");
        json.writeStringProperty("locale", "en-US");
        json.writeStringProperty("timezone", "Europe/Berlin");
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, String name, String... pairs) {
        json.writeObjectPropertyStart(name);
        for (int i = 0; i < pairs.length; i += 2) {
            json.writeStringProperty(pairs[i], pairs[i + 1]);
        }
        json.writeEndObject();
    }

    private static String uuid(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }
}
