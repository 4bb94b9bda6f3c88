package dev.sluice.model.plan;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** Writes a plan in one way only: fixed order, nothing that goes without saying. Stateless. */
final class PlanWriter {
    private PlanWriter() {}

    static void content(JsonGenerator json, TrackingPlan plan) {
        limits(json, plan.limits());
        rate(json, plan.rate());
        json.writeArrayPropertyStart("sources");
        plan.sources().forEach(source -> source(json, source));
        json.writeEndArray();
        json.writeArrayPropertyStart("events");
        plan.events().forEach(event -> event(json, event));
        json.writeEndArray();
        named(json, "traits", plan.traits());
        named(json, "groupTraits", plan.groupTraits());
    }

    private static void limits(JsonGenerator json, PlanLimits limits) {
        if (limits.equals(PlanLimits.NONE)) {
            return;
        }
        json.writeObjectPropertyStart("limits");
        whole(json, "eventsPerBatch", limits.eventsPerBatch());
        whole(json, "eventBytes", limits.eventBytes());
        whole(json, "properties", limits.properties());
        whole(json, "nameLength", limits.nameLength());
        whole(json, "textLength", limits.textLength());
        whole(json, "traits", limits.traits());
        json.writeEndObject();
    }

    private static void rate(JsonGenerator json, Optional<Rate> rate) {
        rate.ifPresent(some -> {
            json.writeObjectPropertyStart("rate");
            json.writeNumberProperty("eventsPerSecond", some.eventsPerSecond());
            json.writeNumberProperty("burst", some.burst());
            json.writeEndObject();
        });
    }

    private static void source(JsonGenerator json, PlannedSource source) {
        json.writeStartObject();
        json.writeStringProperty("name", source.name());
        json.writeStringProperty("status", status(source.active()));
        json.writeArrayPropertyStart("keys");
        for (SourceKey key : source.keys()) {
            json.writeStartObject();
            json.writeStringProperty("sha256", key.sha256());
            json.writeStringProperty("status", status(key.active()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("types");
        source.types().stream().sorted().map(EventType::word).forEach(json::writeString);
        json.writeEndArray();
        rate(json, source.rate());
        limits(json, source.limits());
        json.writeObjectPropertyStart("unplanned");
        json.writeStringProperty("events", source.unplannedEvents().word());
        json.writeStringProperty("properties", source.unplannedProperties().word());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String status(boolean active) {
        return active ? "active" : "revoked";
    }

    private static void event(JsonGenerator json, PlannedEvent event) {
        json.writeStartObject();
        json.writeStringProperty("type", event.type().word());
        json.writeStringProperty("name", event.name());
        object(json, event.properties());
        json.writeEndObject();
    }

    private static void named(JsonGenerator json, String name, ObjectRule rule) {
        if (!rule.equals(ObjectRule.ANY)) {
            json.writeObjectPropertyStart(name);
            object(json, rule);
            json.writeEndObject();
        }
    }

    private static void object(JsonGenerator json, ObjectRule rule) {
        rule.unplanned().ifPresent(unplanned -> json.writeStringProperty("unplanned", unplanned.word()));
        json.writeObjectPropertyStart("properties");
        rule.properties().forEach((name, property) -> {
            json.writeName(name);
            property(json, property);
        });
        json.writeEndObject();
    }

    private static void property(JsonGenerator json, PropertyRule rule) {
        json.writeStartObject();
        types(json, rule.types().stream().sorted().map(JsonType::word).toList());
        if (rule.required()) {
            json.writeBooleanProperty("required", true);
        }
        whole(json, "minLength", rule.text().minLength());
        whole(json, "maxLength", rule.text().maxLength());
        rule.text().pattern().ifPresent(pattern -> json.writeStringProperty("pattern", pattern));
        rule.text().format().ifPresent(format -> json.writeStringProperty("format", format.word()));
        number(json, "minimum", rule.number().minimum());
        number(json, "maximum", rule.number().maximum());
        number(json, "exclusiveMinimum", rule.number().exclusiveMinimum());
        number(json, "exclusiveMaximum", rule.number().exclusiveMaximum());
        if (!rule.oneOf().isEmpty()) {
            json.writeArrayPropertyStart("enum");
            rule.oneOf().forEach(value -> JsonText.write(json, value));
            json.writeEndArray();
        }
        rule.object().ifPresent(object -> object(json, object));
        whole(json, "minItems", rule.items().minItems());
        whole(json, "maxItems", rule.items().maxItems());
        rule.items().each().ifPresent(each -> {
            json.writeName("items");
            property(json, each);
        });
        json.writeEndObject();
    }

    private static void types(JsonGenerator json, List<String> words) {
        if (words.size() == 1) {
            json.writeStringProperty("type", words.get(0));
        } else if (!words.isEmpty()) {
            json.writeArrayPropertyStart("type");
            words.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private static void whole(JsonGenerator json, String name, OptionalInt value) {
        value.ifPresent(number -> json.writeNumberProperty(name, number));
    }

    private static void number(JsonGenerator json, String name, Optional<BigDecimal> value) {
        value.ifPresent(number -> {
            json.writeName(name);
            json.writeNumber(number.toPlainString());
        });
    }
}
