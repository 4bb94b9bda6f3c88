package dev.sluice.activators.audience;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An answer's JSON, read without trust: what is missing or of another kind is empty, never an exception. Immutable.
 *
 * @param fields none if the answer is not a whole JSON object
 */
public record JsonAnswer(Value.Fields fields) {
    /** Of an answer's body. */
    public static JsonAnswer of(Exchange.Answered answered) {
        return new JsonAnswer(object(answered.body(), answered.whole()));
    }

    /** Of a JSON text, of a header say. */
    public static JsonAnswer of(byte[] utf8) {
        return new JsonAnswer(object(utf8, true));
    }

    /** Whether a text is one JSON object, an empty one included. */
    public static boolean isObject(byte[] utf8) {
        try {
            return JsonText.read(utf8) instanceof Value.Fields;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static Value.Fields object(byte[] utf8, boolean whole) {
        try {
            return whole ? JsonText.readObject(utf8) : Value.Fields.NONE;
        } catch (MalformedException e) {
            return Value.Fields.NONE;
        }
    }

    public Optional<String> text(String name) {
        return fields.find(name).orElse(Value.NOTHING) instanceof Value.Text text
                ? Optional.of(text.text())
                : Optional.empty();
    }

    /** A number, or digits written as text, within the range of {@code int}. */
    public Optional<Integer> whole(String name) {
        return fields.find(name).flatMap(JsonAnswer::whole);
    }

    public boolean isTrue(String name) {
        return fields.find(name).equals(Optional.of(Value.of(true)));
    }

    public JsonAnswer inner(String name) {
        return new JsonAnswer(
                fields.find(name).orElse(Value.NOTHING) instanceof Value.Fields inner ? inner : Value.Fields.NONE);
    }

    /** The elements of a list that are objects. */
    public List<JsonAnswer> list(String name) {
        return fields.find(name).orElse(Value.NOTHING) instanceof Value.Many many ? objects(many) : List.of();
    }

    /** Whether a field is there and holds anything but a list of objects. */
    public boolean hasOthersThanObjects(String name) {
        Optional<Value> value = fields.find(name);
        return value.isPresent()
                && !(value.get() instanceof Value.Many many
                        && many.values().stream().allMatch(Value.Fields.class::isInstance));
    }

    /** The elements that are objects. */
    public static List<JsonAnswer> objects(Value.Many many) {
        return many.values().stream()
                .filter(Value.Fields.class::isInstance)
                .map(element -> new JsonAnswer((Value.Fields) element))
                .toList();
    }

    private static Optional<Integer> whole(Value value) {
        if (value instanceof Value.Text text && text.text().matches("[0-9]{1,9}")) {
            return Optional.of(Integer.parseInt(text.text()));
        }
        if (value instanceof Value.Decimal decimal
                && decimal.number().scale() <= 0
                && decimal.number().abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return Optional.of(decimal.number().intValueExact());
        }
        return Optional.empty();
    }
}
