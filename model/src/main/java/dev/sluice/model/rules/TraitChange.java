package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@code identify} does to one trait: one of four operations, each of which may be done twice without harm.
 *
 * <table><caption>Operations</caption>
 * <tr><td>a value, or {@code {"$set": value}}</td><td>sets it</td></tr>
 * <tr><td>{@code null}, or {@code {"$unset": true}}</td><td>removes it</td></tr>
 * <tr><td>{@code {"$add": value or list}}</td><td>adds to a list what is not in it yet</td></tr>
 * <tr><td>{@code {"$remove": value or list}}</td><td>takes out of a list what is in it</td></tr>
 * </table>
 *
 * <p>They are applied in the order of events, so for each trait the last one in event time wins. A trait that is no list
 * counts as a list of that one; a list holds at most {@value BoundedValues#MAX_LIST} elements, and what would be more is left
 * out. An object of any other form is a value. Stateless.
 */
public final class TraitChange {
    private static final String SET = "$set";
    private static final String UNSET = "$unset";
    private static final String ADD = "$add";
    private static final String REMOVE = "$remove";

    private TraitChange() {}

    /** The trait after the change; {@link Value#NOTHING} if there is none any more. */
    public static Value applied(Optional<Value> before, Value change) {
        Optional<String> operation = operation(change);
        if (operation.isEmpty()) {
            return change;
        }
        Value operand = ((Value.Fields) change).fields().getOrDefault(operation.get(), Value.NOTHING);
        switch (operation.get()) {
            case SET:
                return operand;
            case UNSET:
                return Value.NOTHING;
            case ADD:
                List<Value> more = new ArrayList<>(elements(before.orElse(Value.NOTHING)));
                elements(operand).stream()
                        .filter(element -> !more.contains(element) && more.size() < BoundedValues.MAX_LIST)
                        .forEach(more::add);
                return new Value.Many(more);
            default:
                List<Value> fewer = new ArrayList<>(elements(before.orElse(Value.NOTHING)));
                fewer.removeAll(elements(operand));
                return new Value.Many(fewer);
        }
    }

    /** What is kept of a change. */
    static Value kept(Value change, BoundedValues bounded) {
        return operation(change)
                .<Value>map(operation -> new Value.Fields(Map.of(
                        operation,
                        bounded.keep(((Value.Fields) change).fields().getOrDefault(operation, Value.NOTHING)))))
                .orElseGet(() -> bounded.keep(change));
    }

    private static Optional<String> operation(Value change) {
        if (!(change instanceof Value.Fields fields) || fields.fields().size() != 1) {
            return Optional.empty();
        }
        String only = fields.fields().keySet().iterator().next();
        return List.of(SET, UNSET, ADD, REMOVE).contains(only) ? Optional.of(only) : Optional.empty();
    }

    private static List<Value> elements(Value value) {
        if (value instanceof Value.Many many) {
            return many.values();
        }
        return value instanceof Value.Nothing || value instanceof Value.Fields ? List.of() : List.of(value);
    }
}
