package dev.sluice.activators.messages;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands against sending to one address. Immutable. */
public record Suppressions(List<Suppression> list) {
    /** Nothing. */
    public static final Suppressions NONE = new Suppressions(List.of());

    /** Topics that one address can unsubscribe from one by one; whoever does more wants nothing. */
    private static final int MOST = 50;

    private static final int VERSION = 1;

    public Suppressions {
        list = List.copyOf(list);
    }

    /** What stands against a message of a topic. */
    public Optional<Suppression> against(String topic) {
        return list.stream().filter(suppression -> suppression.covers(topic)).findFirst();
    }

    /** These and one more; the same again changes nothing. */
    public Suppressions with(Suppression more) {
        boolean known = list.stream()
                .anyMatch(each -> each.kind() == more.kind() && each.topic().equals(more.topic()));
        if (known) {
            return this;
        }
        List<Suppression> all = new ArrayList<>(list);
        all.add(list.size() < MOST ? more : Suppression.of(more.kind(), more.at()));
        return new Suppressions(all.size() > 2 * MOST ? list : all);
    }

    /** One JSON object. */
    public String write() {
        return new String(
                JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", VERSION);
                    json.writeArrayPropertyStart("suppressed");
                    for (Suppression suppression : list) {
                        json.writeStartObject();
                        json.writeStringProperty("kind", suppression.kind().word());
                        json.writeStringProperty("topic", suppression.topic());
                        json.writeStringProperty("at", suppression.at().toString());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }),
                StandardCharsets.UTF_8);
    }

    /** @throws MalformedException if it is not what {@link #write} writes */
    public static Suppressions read(String text) {
        Value.Fields json =
                JsonText.readObject(text.getBytes(StandardCharsets.UTF_8)).ofVersion(VERSION);
        List<Suppression> list = new ArrayList<>();
        for (Value.Fields each : json.innerList("suppressed")) {
            list.add(new Suppression(
                    kind(each.text("kind")), each.text("topic"), JsonText.instant("at", each.text("at"))));
        }
        return new Suppressions(list);
    }

    private static Suppression.Kind kind(String word) {
        for (Suppression.Kind kind : Suppression.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new MalformedException("kind must be unsubscribed, bounced, complained or unregistered");
    }
}
