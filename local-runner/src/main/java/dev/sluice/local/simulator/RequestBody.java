package dev.sluice.local.simulator;

import dev.sluice.local.simulator.Action.AdClicked;
import dev.sluice.local.simulator.Action.AdSkipped;
import dev.sluice.local.simulator.Action.AdWatched;
import dev.sluice.local.simulator.Action.ApplicationOpened;
import dev.sluice.local.simulator.Action.Broken;
import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.Flaw;
import dev.sluice.local.simulator.Action.Identified;
import dev.sluice.local.simulator.Action.OrderCompleted;
import dev.sluice.local.simulator.Action.ScreenSeen;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a shipment as the JSON of Segment's HTTP Tracking API. Not thread-safe; one per request. */
final class RequestBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MORE_THAN_AN_EVENT_MAY_HAVE = 33 * 1024;

    private final JsonGenerator json;

    private RequestBody(JsonGenerator json) {
        this.json = json;
    }

    /** The bytes, uncompressed; {@code sentAt} and {@code writeKey} are left out if null. */
    static byte[] write(Shipment shipment, @Nullable Instant sentAt, @Nullable String writeKey) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new RequestBody(json).shipment(shipment, sentAt, writeKey);
        }
        return bytes.toByteArray();
    }

    private void shipment(Shipment shipment, @Nullable Instant sentAt, @Nullable String writeKey) {
        json.writeStartObject();
        if (shipment.endpoint().takesMany()) {
            json.writeArrayPropertyStart("batch");
            for (ClientEvent event : shipment.events()) {
                json.writeStartObject();
                event(event);
                json.writeEndObject();
            }
            json.writeEndArray();
        } else {
            event(shipment.events().getFirst());
        }
        textUnlessNull("sentAt", sentAt == null ? null : sentAt.toString());
        textUnlessNull("writeKey", writeKey);
        json.writeObjectPropertyStart("context");
        json.writeObjectPropertyStart("library");
        json.writeStringProperty("name", "sluice-simulator");
        json.writeStringProperty("version", "1");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void event(ClientEvent event) {
        json.writeStringProperty("type", event.action().type());
        json.writeStringProperty("messageId", event.id());
        person(event);
        time(event);
        action(event.action());
    }

    private void person(ClientEvent event) {
        if (event.action() instanceof Broken(Flaw flaw) && flaw == Flaw.NO_PERSON) {
            return;
        }
        if (event.action() instanceof Broken(Flaw flaw) && flaw == Flaw.RESERVED_USER_ID) {
            json.writeStringProperty("userId", "anonymous:somebody-else");
            return;
        }
        textUnlessNull("userId", event.person().userId());
        textUnlessNull("anonymousId", event.person().anonymousId());
    }

    private void time(ClientEvent event) {
        Instant time = event.clientTime();
        if (time == null) {
            return;
        }
        switch (event.timeField()) {
            case TIMESTAMP -> json.writeStringProperty("timestamp", time.toString());
            case ORIGINAL_TIMESTAMP -> json.writeStringProperty("originalTimestamp", time.toString());
            case BOTH -> {
                json.writeStringProperty(
                        "timestamp", time.minusSeconds(3_600 * 24 * 3).toString());
                json.writeStringProperty("originalTimestamp", time.toString());
            }
        }
    }

    private void action(Action action) {
        switch (action) {
            case ApplicationOpened _ -> track("Application Opened", () -> {});
            case AdWatched(String brand, int seconds) -> advertisement("Ad Watched", brand, seconds);
            case AdSkipped(String brand, int seconds) -> advertisement("Ad Skipped", brand, seconds);
            case AdClicked click ->
                track("Ad Clicked", () -> {
                    textUnlessNull("brand", click.brand());
                    Boolean rewarded = click.rewarded();
                    if (rewarded != null) {
                        json.writeBooleanProperty("rewarded", rewarded);
                    }
                });
            case CardPlayed(String card, int coins) ->
                track("Card Played", () -> {
                    json.writeStringProperty("card", card);
                    json.writeNumberProperty("coins", coins);
                });
            case OrderCompleted order -> track("Order Completed", () -> order(order));
            case ScreenSeen(String name) -> json.writeStringProperty("name", name);
            case Identified identified -> traits(identified);
            case Broken(Flaw flaw) -> broken(flaw);
        }
    }

    private void track(String name, Runnable properties) {
        json.writeStringProperty("event", name);
        json.writeObjectPropertyStart("properties");
        properties.run();
        json.writeEndObject();
    }

    private void advertisement(String name, String brand, int seconds) {
        track(name, () -> {
            json.writeStringProperty("brand", brand);
            json.writeNumberProperty("seconds", seconds);
        });
    }

    private void order(OrderCompleted order) {
        json.writeStringProperty("orderId", order.orderId());
        if (order.asText()) {
            json.writeStringProperty("revenue", order.revenue().toPlainString());
        } else {
            json.writeNumberProperty("revenue", order.revenue());
        }
        json.writeStringProperty("currency", "USD");
        json.writeStringProperty("product", "coins");
    }

    private void traits(Identified identified) {
        json.writeObjectPropertyStart("traits");
        for (Action.TraitChange change : identified.traits()) {
            String value = change.value();
            if (value == null) {
                json.writeNullProperty(change.name());
            } else {
                json.writeStringProperty(change.name(), value);
            }
        }
        json.writeEndObject();
    }

    private void broken(Flaw flaw) {
        switch (flaw) {
            case NO_EVENT_NAME -> json.writeObjectPropertyStart("properties").writeEndObject();
            case NO_PERSON, RESERVED_USER_ID, UNKNOWN_TYPE, LONG_ID -> track("Order Completed", () -> {});
            case TOO_LARGE ->
                track(
                        "Order Completed",
                        () -> json.writeStringProperty("note", "z".repeat(MORE_THAN_AN_EVENT_MAY_HAVE)));
        }
    }

    private void textUnlessNull(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
