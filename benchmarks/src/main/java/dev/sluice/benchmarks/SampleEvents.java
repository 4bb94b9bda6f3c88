package dev.sluice.benchmarks;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Value> properties = new LinkedHashMap<>();
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        String name = NAMES.get(random.nextInt(NAMES.size()));
        properties.put("brand", Value.of(BRANDS.get(random.nextInt(BRANDS.size()))));
        properties.put("seconds", Value.of(random.nextInt(30)));
        properties.put("rewarded", Value.of(random.nextBoolean()));
        return line(person, id, START.plusMillis(1_000L * index), name, new Value.Fields(properties));
    }

    /** One stored line, with all that the tracker and a phone put around it. */
    static byte[] line(PersonKey person, String id, Instant time, String name, Value.Fields properties) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("account", person.account());
            json.writeNumberProperty("slot", Ring.slot(person));
            json.writeStringProperty("type", "track");
            json.writeStringProperty("messageId", id);
            json.writeStringProperty("timestamp", time.toString());
            json.writeStringProperty("originalTimestamp", time.toString());
            json.writeStringProperty("sentAt", time.plusMillis(40).toString());
            json.writeStringProperty("receivedAt", time.plusMillis(95).toString());
            json.writeStringProperty("node", "10.0.0.7");
            json.writeStringProperty("userId", person.person());
            json.writeStringProperty("event", name);
            json.writeName("properties");
            JsonText.write(json, properties);
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
