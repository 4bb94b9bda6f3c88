package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes {@link Condition}s as JSON, in the one form that {@link ConditionJson} reads back to an equal tree. */
record ConditionWriter(JsonGenerator json) implements Condition.Cases<Boolean> {

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
        inner("event", event.filter());
        return end();
    }

    @Override
    public Boolean trait(Condition.Trait trait) {
        json.writeStartObject();
        json.writeStringProperty("trait", trait.name());
        test(trait.test());
        return end();
    }

    @Override
    public Boolean statistic(Condition.Statistic statistic) {
        json.writeStartObject();
        json.writeStringProperty("statistic", statistic.name());
        test(statistic.test());
        return end();
    }

    @Override
    public Boolean consent(Condition.Consent consent) {
        json.writeStartObject();
        json.writeStringProperty("consent", consent.channel());
        if (!consent.granted()) {
            json.writeBooleanProperty("granted", false);
        }
        return end();
    }

    @Override
    public Boolean near(Condition.Near near) {
        json.writeStartObject();
        json.writeObjectPropertyStart("near");
        if (near.place() instanceof Place.Coordinates at) {
            value("latitude", new Value.Decimal(at.latitude()));
            value("longitude", new Value.Decimal(at.longitude()));
        } else if (near.place() instanceof Place.PostalCode code) {
            json.writeStringProperty("postalCode", code.code());
        }
        value(
                near.within().unit().name().toLowerCase(Locale.ROOT),
                new Value.Decimal(near.within().amount()));
        json.writeEndObject();
        return end();
    }

    @Override
    public Boolean inSegment(Condition.InSegment inSegment) {
        json.writeStartObject();
        json.writeStringProperty("segment", inSegment.segment());
        return end();
    }

    @Override
    public Boolean wasIn(Condition.WasIn wasIn) {
        throw new IllegalArgumentException("a resolved condition has no form in JSON");
    }

    @Override
    public Boolean call(Condition.Call call) {
        json.writeStartObject();
        json.writeStringProperty("function", call.function());
        json.writeArrayPropertyStart("arguments");
        call.arguments().forEach(this::argument);
        json.writeEndArray();
        test(call.test());
        return end();
    }

    @Override
    public Boolean eventCount(History.EventCount count) {
        start("count", count.filter(), count.window());
        json.writeNumberProperty(count.operator().word(), count.count());
        return endHistory();
    }

    @Override
    public Boolean total(History.Total total) {
        start(total.aggregate().name().toLowerCase(Locale.ROOT), total.filter(), total.window());
        json.writeStringProperty("property", total.property());
        value(total.operator().word(), new Value.Decimal(total.than()));
        return endHistory();
    }

    @Override
    public Boolean distinct(History.Distinct distinct) {
        start("distinct", distinct.filter(), distinct.window());
        json.writeStringProperty("property", distinct.property());
        json.writeNumberProperty(distinct.operator().word(), distinct.count());
        return endHistory();
    }

    @Override
    public Boolean days(History.Days days) {
        start("days", days.filter(), days.window());
        if (!(days.window() instanceof Window.Between)) {
            ValueTestWriter.zone(json, days.zone());
        }
        json.writeNumberProperty(days.operator().word(), days.count());
        return endHistory();
    }

    @Override
    public Boolean moment(History.Moment moment) {
        start(moment.which() == History.Which.FIRST ? "firstTime" : "lastTime", moment.filter(), moment.window());
        moment.test().match(new ValueTestWriter(json, !(moment.window() instanceof Window.Between)));
        return endHistory();
    }

    @Override
    public Boolean sequence(History.Sequence sequence) {
        json.writeStartObject();
        json.writeObjectPropertyStart("sequence");
        inner("first", sequence.first());
        inner(sequence.followed() ? "then" : "notThen", sequence.then());
        json.writeStringProperty("within", Durations.write(sequence.within()));
        window(sequence.window());
        return endHistory();
    }

    private void start(String node, EventFilter filter, Window window) {
        json.writeStartObject();
        json.writeObjectPropertyStart(node);
        filter(filter);
        window(window);
    }

    private void window(Window window) {
        if (window instanceof Window.Last last) {
            json.writeStringProperty("last", Durations.write(last.length()));
        } else if (window instanceof Window.Between between) {
            json.writeStringProperty("from", between.from().toString());
            json.writeStringProperty("to", between.to().toString());
            ValueTestWriter.zone(json, between.zone());
        } else {
            json.writeBooleanProperty("ever", true);
        }
    }

    private boolean endHistory() {
        json.writeEndObject();
        return end();
    }

    private void argument(Condition.Argument argument) {
        json.writeStartObject();
        if (argument instanceof Condition.TraitOf trait) {
            json.writeStringProperty("trait", trait.name());
        } else if (argument instanceof Condition.StatisticOf statistic) {
            json.writeStringProperty("statistic", statistic.name());
        } else if (argument instanceof Condition.PropertyOf property) {
            json.writeStringProperty("property", property.name());
        } else {
            value("value", ((Condition.Constant) argument).value());
        }
        json.writeEndObject();
    }

    private void inner(String name, EventFilter filter) {
        json.writeObjectPropertyStart(name);
        filter(filter);
        json.writeEndObject();
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
                test(where.test());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void test(ValueTest test) {
        test.match(new ValueTestWriter(json, true));
    }

    private boolean list(String name, List<Condition> children) {
        json.writeStartObject();
        json.writeArrayPropertyStart(name);
        children.forEach(child -> child.match(this));
        json.writeEndArray();
        return end();
    }

    private void value(String name, Value value) {
        json.writeName(name);
        JsonText.write(json, value);
    }

    private boolean end() {
        json.writeEndObject();
        return true;
    }
}
