package dev.sluice.activators.messages;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;

/** How a sending and its slots are stored. Stateless. */
public final class SendingJson {
    private static final int VERSION = 1;

    private SendingJson() {}

    /** An order as one JSON object. */
    public static String write(Sendings.Order order) {
        return new String(
                JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", VERSION);
                    json.writeStringProperty("connection", order.connection());
                    json.writeStringProperty("segment", order.segment());
                    json.writeStringProperty("begun", order.begun().toString());
                }),
                StandardCharsets.UTF_8);
    }

    /** @throws MalformedException if it is not what {@link #write(Sendings.Order)} writes */
    public static Sendings.Order order(String text) {
        Value.Fields json = read(text);
        return new Sendings.Order(json.text("connection"), json.text("segment"), instant(json, "begun"));
    }

    /** A slot's progress as one JSON object. */
    public static String write(Sendings.Progress progress) {
        return new String(
                JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", VERSION);
                    progress.after().ifPresent(person -> json.writeStringProperty("after", person));
                    json.writeBooleanProperty("whole", progress.whole());
                    json.writeObjectPropertyStart("counts");
                    progress.counts().forEach(json::writeNumberProperty);
                    json.writeEndObject();
                    progress.next().ifPresent(next -> json.writeStringProperty("next", next.toString()));
                }),
                StandardCharsets.UTF_8);
    }

    /** @throws MalformedException if it is not what {@link #write(Sendings.Progress)} writes */
    public static Sendings.Progress progress(String text) {
        Value.Fields json = read(text);
        var counts = new TreeMap<String, Long>();
        Value.Fields counted = json.inner("counts");
        counted.fields().keySet().forEach(word -> counts.put(word, counted.whole(word)));
        return new Sendings.Progress(
                json.findText("after"),
                json.flag("whole"),
                counts,
                json.findText("next").map(next -> JsonText.instant("next", next)));
    }

    private static Value.Fields read(String text) {
        return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8)).ofVersion(VERSION);
    }

    private static Instant instant(Value.Fields json, String field) {
        return JsonText.instant(field, json.text(field));
    }
}
