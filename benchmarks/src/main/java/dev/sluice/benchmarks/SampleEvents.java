package dev.sluice.benchmarks;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** Stored events as a mobile game's players make them, always the same ones. */
final class SampleEvents {
    private static final List<String> NAMES =
            List.of("Application Opened", "Ad Clicked", "Ad Skipped", "Card Played", "Order Completed");
    private static final List<String> BRANDS = List.of("Acme Cola", "Umbra Shoes", "Nordwind", "Pixel Bank");
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private SampleEvents() {}

    static List<byte[]> lines(int count) {
        var random = new SplittableRandom(20_261_121L);
        return IntStream.range(0, count).mapToObj(i -> line(random, i)).toList();
    }

    private static byte[] line(SplittableRandom random, int index) {
        var person = new PersonKey("demo", "player-%06d".formatted(random.nextInt(1_000)));
        Instant time = START.plusMillis(1_000L * index);
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("account", person.account());
            json.writeNumberProperty("slot", Ring.slot(person));
            json.writeStringProperty("type", "track");
            json.writeStringProperty("messageId", new UUID(random.nextLong(), random.nextLong()).toString());
            json.writeStringProperty("timestamp", time.toString());
            json.writeStringProperty("originalTimestamp", time.toString());
            json.writeStringProperty("sentAt", time.plusMillis(40).toString());
            json.writeStringProperty("receivedAt", time.plusMillis(95).toString());
            json.writeStringProperty("node", "10.0.0.7");
            json.writeStringProperty("userId", person.person());
            json.writeStringProperty("event", NAMES.get(random.nextInt(NAMES.size())));
            json.writeObjectPropertyStart("properties");
            json.writeStringProperty("brand", BRANDS.get(random.nextInt(BRANDS.size())));
            json.writeNumberProperty("seconds", random.nextInt(30));
            json.writeBooleanProperty("rewarded", random.nextBoolean());
            json.writeEndObject();
            json.writeObjectPropertyStart("context");
            json.writeObjectPropertyStart("app");
            json.writeStringProperty("name", "Card Game");
            json.writeStringProperty("version", "4.12.1");
            json.writeEndObject();
            json.writeObjectPropertyStart("device");
            json.writeStringProperty("manufacturer", "Apple");
            json.writeStringProperty("model", "iPhone17,2");
            json.writeEndObject();
            json.writeStringProperty("locale", "en-US");
            json.writeEndObject();
        });
    }
}
