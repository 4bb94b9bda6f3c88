package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes {@link Condition}s as JSON, in the one form that {@link ConditionJson} reads back to an equal tree. */
record ConditionWriter(JsonGenerator json) implements Condition.Cases<Boolean>, Condition.TestCases<Boolean> {

    @Override
    public Boolean allOf(Condition.AllOf all) {
        return list("allOf", all.conditions());
    }

    @Override
    public Boolean anyOf(Condition.AnyOf any) {
        return list("anyOf", any.conditions());
    }

    @Override
    public Boolean not(Condition.Not not) {
        json.writeStartObject();
        json.writeName("not");
        not.condition().match(this);
        return end();
    }

    @Override
    public Boolean currentEvent(Condition.CurrentEvent event) {
        json.writeStartObject();
        json.writeObjectPropertyStart("event");
        filter(event.filter());
        json.writeEndObject();
        return end();
    }

    @Override
    public Boolean eventCount(Condition.EventCount count) {
        json.writeStartObject();
        json.writeObjectPropertyStart("count");
        filter(count.filter());
        json.writeStringProperty("last", count.last().toString());
        json.writeNumberProperty(count.operator().word(), count.count());
        json.writeEndObject();
        return end();
    }

    @Override
    public Boolean trait(Condition.Trait trait) {
        json.writeStartObject();
        json.writeStringProperty("trait", trait.name());
        trait.test().match(this);
        return end();
    }

    @Override
    public Boolean statistic(Condition.Statistic statistic) {
        json.writeStartObject();
        json.writeStringProperty("statistic", statistic.name());
        statistic.test().match(this);
        return end();
    }

    @Override
    public Boolean exists(Condition.Exists exists) {
        json.writeBooleanProperty("exists", true);
        return true;
    }

    @Override
    public Boolean oneOf(Condition.OneOf oneOf) {
        if (oneOf.values().size() == 1) {
            return value("equals", oneOf.values().get(0));
        }
        return value("oneOf", new Value.Many(oneOf.values()));
    }

    @Override
    public Boolean contains(Condition.Contains contains) {
        json.writeStringProperty("contains", contains.text());
        return true;
    }

    @Override
    public Boolean compares(Condition.Compares compares) {
        return value(compares.operator().word(), new Value.Decimal(compares.than()));
    }

    @Override
    public Boolean listContains(Condition.ListContains listContains) {
        return value("listContains", listContains.element());
    }

    private void filter(EventFilter filter) {
        if (filter.type() != EventType.TRACK) {
            json.writeStringProperty("type", filter.type().word());
        }
        filter.name().ifPresent(name -> json.writeStringProperty("name", name));
        if (!filter.where().isEmpty()) {
            json.writeArrayPropertyStart("where");
            for (EventFilter.PropertyTest where : filter.where()) {
                json.writeStartObject();
                json.writeStringProperty("property", where.property());
                where.test().match(this);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private boolean list(String name, List<Condition> children) {
        json.writeStartObject();
        json.writeArrayPropertyStart(name);
        children.forEach(child -> child.match(this));
        json.writeEndArray();
        return end();
    }

    private boolean value(String name, Value value) {
        json.writeName(name);
        JsonText.write(json, value);
        return true;
    }

    private boolean end() {
        json.writeEndObject();
        return true;
    }
}
