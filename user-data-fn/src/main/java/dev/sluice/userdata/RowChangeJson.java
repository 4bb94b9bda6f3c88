package dev.sluice.userdata;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.RowChange.Operation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The JSON form of a {@link RowChange} as the database's trigger sends it, version {@value #VERSION}. Strict: it is our
 * own trigger that writes it, so a field that is not known is a mistake. Stateless. Golden file: {@code
 * golden/v1/row-change.json}.
 */
public final class RowChangeJson {
    public static final int VERSION = 1;

    private static final Set<String> FIELDS = Set.of("v", "op", "account", "userId", "version", "changedAt", "row");
    /** The one column that holds an object: which channels the person agreed to. */
    private static final String CONSENTS = "consents";

    private RowChangeJson() {}

    /** @throws MalformedException naming the field and what was expected, never a value */
    public static RowChange read(byte[] bytes, RowLimits limits) {
        if (bytes.length > limits.payloadBytes()) {
            throw new MalformedException("payload is longer than " + limits.payloadBytes() + " bytes");
        }
        Value.Fields json = JsonText.readObject(bytes).ofVersion(VERSION);
        if (!FIELDS.containsAll(json.fields().keySet())) {
            throw new MalformedException(
                    "payload must hold no other fields than v, op, account, userId, version, changedAt, row");
        }
        PersonKey key = PersonKey.ofUser(json.text("account"), json.text("userId"));
        long version = json.whole("version");
        if (version < 1) {
            throw new MalformedException("version must be 1 or more");
        }
        Instant changedAt = JsonText.instant("changedAt", json.text("changedAt"));
        return switch (json.text("op")) {
            case "insert" -> new RowChange.Written(key, version, changedAt, Operation.INSERT, traits(json, limits));
            case "update" -> new RowChange.Written(key, version, changedAt, Operation.UPDATE, traits(json, limits));
            case "delete" -> new RowChange.Removed(key, version, changedAt);
            default -> throw new MalformedException("op must be insert, update or delete");
        };
    }

    /** The columns that hold something; a null column is a trait that the person does not have. */
    private static Value.Fields traits(Value.Fields json, RowLimits limits) {
        if (json.find("row").isEmpty()) {
            throw new MalformedException("row is missing");
        }
        Map<String, Value> traits = new LinkedHashMap<>();
        json.inner("row").fields().forEach((name, value) -> {
            if (name.isEmpty() || name.length() > limits.nameLength()) {
                throw new MalformedException("a column's name must have 1 to " + limits.nameLength() + " characters");
            }
            if (name.equals(CONSENTS)) {
                requireFlags(value, limits);
            } else if (!isTrait(value)) {
                throw new MalformedException("every column must hold a scalar or a list of scalars");
            }
            if (!(value instanceof Value.Nothing)) {
                traits.put(name, value);
            }
        });
        if (traits.size() > limits.traits()) {
            throw new MalformedException("row must hold at most " + limits.traits() + " columns that are not null");
        }
        var read = new Value.Fields(traits);
        if (TraitsJson.write(read).length > limits.traitsBytes()) {
            throw new MalformedException("row must come to at most " + limits.traitsBytes() + " bytes");
        }
        return read;
    }

    private static void requireFlags(Value value, RowLimits limits) {
        boolean isFine = switch (value) {
            case Value.Fields channels ->
                channels.fields().entrySet().stream()
                        .allMatch(channel -> channel.getValue() instanceof Value.Flag
                                && channel.getKey().length() <= limits.nameLength());
            case Value.Nothing _ -> true;
            case Value.Text _, Value.Decimal _, Value.Flag _, Value.Many _ -> false;
        };
        if (!isFine) {
            throw new MalformedException("consents must be an object that says true or false of each channel");
        }
    }

    /** Rules read no deeper. */
    private static boolean isTrait(Value value) {
        return switch (value) {
            case Value.Many many -> many.values().stream().allMatch(RowChangeJson::isScalar);
            case Value.Fields _ -> false;
            case Value.Text _, Value.Decimal _, Value.Flag _, Value.Nothing _ -> true;
        };
    }

    private static boolean isScalar(Value value) {
        return switch (value) {
            case Value.Many _, Value.Fields _ -> false;
            case Value.Text _, Value.Decimal _, Value.Flag _, Value.Nothing _ -> true;
        };
    }
}
