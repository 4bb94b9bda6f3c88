package dev.sluice.activators.messages;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that is kept of a person until a message is sent: where it goes, what decides when, and the values that the campaign's
 * templates name. Immutable; it does not show itself.
 *
 * @param addresses at least one
 * @param zone of the person's clock, as the person's trait names it
 * @param unsubscribed channels that the person does not want
 */
record Recipient(
        List<String> addresses,
        Optional<String> zone,
        Optional<String> locale,
        List<String> unsubscribed,
        Map<String, Value> values) {
    private static final int VERSION = 1;
    private static final int MOST_NAME = 64;

    Recipient {
        addresses = List.copyOf(addresses);
        unsubscribed = List.copyOf(unsubscribed);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Empty if the channel does not reach the person. */
    static Optional<Recipient> of(Channel channel, Set<String> names, Shared shared) {
        List<String> addresses = channel.addresses(shared.traits());
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new Recipient(
                        addresses,
                        trait(shared, "timezone"),
                        trait(shared, "locale"),
                        unsubscribed(
                                channel, shared.traits().find("unsubscribed").orElse(Value.NOTHING)),
                        Values.of(names, shared)));
    }

    /** What the templates show of the event, kept by itself: one JSON object; empty if they show nothing of events. */
    static Optional<String> occasion(Set<String> names, Shared shared) {
        Set<String> ofEvents = new TreeSet<>(names);
        ofEvents.removeIf(name -> !name.startsWith(Values.EVENT));
        return ofEvents.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(
                        JsonText.write(new Value.Fields(Values.of(ofEvents, shared))), StandardCharsets.UTF_8));
    }

    /**
     * The same with this event's values, and none of another's.
     *
     * @throws MalformedException if it is not what {@link #occasion} says
     */
    Recipient onOccasion(String occasion) {
        Map<String, Value> shown = new TreeMap<>(values);
        shown.keySet().removeIf(name -> name.startsWith(Values.EVENT));
        shown.putAll(
                JsonText.readObject(occasion.getBytes(StandardCharsets.UTF_8)).fields());
        return new Recipient(addresses, zone, locale, unsubscribed, shown);
    }

    /** The person's zone, or another if it is not known. */
    ZoneId zoneOr(ZoneId other) {
        try {
            return zone.map(ZoneId::of).orElse(other);
        } catch (DateTimeException e) {
            return other;
        }
    }

    /** One JSON object; the same recipient always gives the same text. */
    String write() {
        return new String(
                JsonText.writeObject(json -> {
                    json.writeNumberProperty("v", VERSION);
                    json.writeName("to");
                    JsonText.write(json, many(addresses));
                    zone.ifPresent(name -> json.writeStringProperty("zone", name));
                    locale.ifPresent(tag -> json.writeStringProperty("locale", tag));
                    json.writeName("unsubscribed");
                    JsonText.write(json, many(unsubscribed));
                    json.writeName("values");
                    JsonText.write(json, new Value.Fields(values));
                }),
                StandardCharsets.UTF_8);
    }

    /** @throws MalformedException if it is not what {@link #write} writes */
    static Recipient read(String text) {
        Value.Fields json =
                JsonText.readObject(text.getBytes(StandardCharsets.UTF_8)).ofVersion(VERSION);
        return new Recipient(
                texts(new Value.Many(json.list("to"))),
                json.findText("zone"),
                json.findText("locale"),
                texts(new Value.Many(json.list("unsubscribed"))),
                json.inner("values").fields());
    }

    private static Optional<String> trait(Shared shared, String name) {
        return shared.traits().find(name).orElse(Value.NOTHING) instanceof Value.Text(String text)
                        && !text.isBlank()
                        && text.length() <= MOST_NAME
                ? Optional.of(text)
                : Optional.empty();
    }

    /** However an application writes it, who does not want a channel is not written to: one name, or true for all. */
    private static List<String> unsubscribed(Channel channel, Value value) {
        return switch (value) {
            case Value.Text(String one) -> List.of(one.strip().toLowerCase(Locale.ROOT));
            case Value.Flag(boolean all) -> all ? List.of(channel.name()) : List.of();
            case Value.Many many ->
                texts(many).stream()
                        .map(text -> text.strip().toLowerCase(Locale.ROOT))
                        .toList();
            case Value.Decimal decimal -> List.of();
            case Value.Fields fields -> List.of();
            case Value.Nothing nothing -> List.of();
        };
    }

    private static List<String> texts(Value value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Value.Many(List<Value> values)) {
            for (Value element : values) {
                if (element instanceof Value.Text(String text)) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static Value many(List<String> texts) {
        return new Value.Many(
                texts.stream().map(Value::of).map(Value.class::cast).toList());
    }

    @Override
    public String toString() {
        return "Recipient[hidden]";
    }
}
