package dev.sluice.model.rules.sql;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.Decimals;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Point;
import dev.sluice.model.rules.Times;
import dev.sluice.model.rules.Traits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * An observation as one row of {@link ObservationTable}, in JSON that engines read by its columns.
 *
 * <p>What only {@code model} can tell of a value stands beside it: its text with case ignored, and the moment or the day
 * that the text is. A value that is JSON {@code null} has no entry. Half of a surrogate pair, which UTF-8 cannot hold, is
 * written as the replacement character, and a name that has one is left out: no rule can name it.
 */
public final class ObservationRow {
    private ObservationRow() {}

    /**
     * The row, without a line's end.
     *
     * @param id what the answer is to be told by
     */
    public static byte[] write(String id, Observation seen) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("id", id);
            json.writeNumberProperty("moment", seen.at().toEpochMilli());
            json.writeObjectPropertyStart("event");
            event(json, seen.current());
            json.writeEndObject();
            values(json, "traits", seen.traits());
            values(json, "statistics", seen.statistics());
            consents(json, seen.traits());
            Point.of(seen.traits()).ifPresent(home -> home(json, home));
            json.writeArrayPropertyStart("before");
            seen.before().forEach(json::writeString);
            json.writeEndArray();
            history(json, seen.history());
        });
    }

    private static void event(JsonGenerator json, Occurrence event) {
        json.writeStringProperty("id", whole(event.id()));
        json.writeStringProperty("type", event.type().word());
        event.name().ifPresent(name -> json.writeStringProperty("name", whole(name)));
        values(json, "properties", event.details());
    }

    /** Events with the same time and id are at the same place: neither follows the other. */
    private static void history(JsonGenerator json, List<Occurrence> history) {
        json.writeArrayPropertyStart("history");
        int place = 0;
        for (int i = 0; i < history.size(); i++) {
            Occurrence event = history.get(i);
            if (i > 0 && event.compareTo(history.get(i - 1)) != 0) {
                place = i;
            }
            json.writeStartObject();
            event(json, event);
            json.writeNumberProperty("time", event.time().toEpochMilli());
            json.writeNumberProperty("place", place);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void consents(JsonGenerator json, Value.Fields traits) {
        json.writeObjectPropertyStart("consents");
        if (traits.find(Traits.CONSENTS).orElse(Value.NOTHING) instanceof Value.Fields channels) {
            channels.fields().forEach((channel, said) -> {
                if (said instanceof Value.Flag flag && isWhole(channel)) {
                    json.writeBooleanProperty(channel, flag.flag());
                }
            });
        }
        json.writeEndObject();
    }

    private static void home(JsonGenerator json, Point home) {
        json.writeObjectPropertyStart("home");
        json.writeNumberProperty("x", home.x());
        json.writeNumberProperty("y", home.y());
        json.writeNumberProperty("z", home.z());
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, String column, Value.Fields fields) {
        json.writeObjectPropertyStart(column);
        for (Map.Entry<String, Value> field : fields.fields().entrySet()) {
            if (!(field.getValue() instanceof Value.Nothing) && isWhole(field.getKey())) {
                json.writeObjectPropertyStart(field.getKey());
                value(json, field.getValue());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Value value) {
        if (value instanceof Value.Text text) {
            text(json, text.text());
        } else if (value instanceof Value.Flag flag) {
            json.writeStringProperty("kind", "flag");
            json.writeBooleanProperty(Part.FLAG.column(), flag.flag());
        } else if (value instanceof Value.Many many) {
            list(json, many.values());
        } else if (Decimals.of(value).isPresent()) {
            json.writeStringProperty("kind", "number");
            json.writeStringProperty(Part.NUMBER.column(), plain(value));
        } else {
            json.writeStringProperty("kind", "other");
        }
    }

    private static void text(JsonGenerator json, String text) {
        json.writeStringProperty("kind", "text");
        json.writeStringProperty(Part.TEXT.column(), whole(text));
        json.writeStringProperty(Part.FOLDED.column(), whole(CaseFold.fold(text)));
        Times.instant(text)
                .ifPresent(instant -> json.writeNumberProperty(Part.INSTANT.column(), instant.toEpochMilli()));
        Times.date(text).ifPresent(date -> json.writeNumberProperty(Part.DAY.column(), date.toEpochDay()));
    }

    private static void list(JsonGenerator json, List<Value> values) {
        json.writeStringProperty("kind", "list");
        List<String> texts = values.stream()
                .filter(Value.Text.class::isInstance)
                .map(value -> ((Value.Text) value).text())
                .toList();
        json.writeArrayPropertyStart(Part.TEXTS.column());
        texts.forEach(text -> json.writeString(whole(text)));
        json.writeEndArray();
        json.writeArrayPropertyStart(Part.FOLDED_TEXTS.column());
        texts.forEach(text -> json.writeString(whole(CaseFold.fold(text))));
        json.writeEndArray();
        json.writeArrayPropertyStart(Part.NUMBERS.column());
        values.stream()
                .filter(value -> Decimals.of(value).isPresent())
                .forEach(value -> json.writeString(plain(value)));
        json.writeEndArray();
        json.writeArrayPropertyStart(Part.FLAGS.column());
        values.stream()
                .filter(Value.Flag.class::isInstance)
                .forEach(value -> json.writeBoolean(((Value.Flag) value).flag()));
        json.writeEndArray();
    }

    private static String plain(Value value) {
        return Decimals.of(value).map(BigDecimal::toPlainString).orElseThrow();
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(ObservationRow::isHalf);
    }

    private static String whole(String text) {
        return isWhole(text)
                ? text
                : text.codePoints()
                        .map(c -> isHalf(c) ? '\ufffd' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
