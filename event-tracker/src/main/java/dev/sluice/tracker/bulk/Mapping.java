package dev.sluice.tracker.bulk;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of flat rows mean. A file that says it itself needs none: its columns are named by their places
 * ({@code userId}, {@code traits.age:number}).
 *
 * @param columns place by column; empty if columns are named by their places
 * @param constants values that every row has which says nothing else
 * @param ignoresOthers whether columns that are not named are left out; otherwise a row that has one is refused
 * @param zone of times without an offset
 */
public record Mapping(Map<String, Target> columns, Map<Target, Value> constants, boolean ignoresOthers, ZoneId zone) {
    /** Columns are named by their places. */
    public static final Mapping BY_NAME = new Mapping(Map.of(), Map.of(), false, ZoneOffset.UTC);

    private static final Set<String> FIELDS = Set.of("columns", "constants", "others", "zone");

    public Mapping {
        columns = Map.copyOf(columns);
        constants = Map.copyOf(constants);
    }

    /**
     * Reads {@code {"columns": {"Customer": "userId", "Age": "traits.age:number"}, "constants": {"type": "identify"},
     * "others": "ignore", "zone": "Europe/Berlin"}}, of which only the columns must be there.
     *
     * @throws IllegalArgumentException if it is anything else; says what
     */
    public static Mapping read(byte[] json) {
        try {
            Value.Fields fields = JsonText.readObject(json);
            for (String name : fields.fields().keySet()) {
                if (!FIELDS.contains(name)) {
                    throw new IllegalArgumentException("a mapping has no " + name);
                }
            }
            Map<String, Target> columns = new LinkedHashMap<>();
            Value.Fields stated = fields.inner("columns");
            stated.fields().forEach((column, any) -> columns.put(column, Target.parse(stated.text(column))));
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a mapping must have columns");
            }
            Map<Target, Value> constants = new LinkedHashMap<>();
            fields.inner("constants").fields().forEach((place, value) -> constants.put(Target.parse(place), value));
            return new Mapping(columns, constants, ignoresOthers(fields), zone(fields));
        } catch (MalformedException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** This one, and what a row is that does not say it. */
    public Mapping withType(String type) {
        Map<Target, Value> more = new LinkedHashMap<>(constants);
        more.put(Target.parse("type"), Value.of(type));
        return new Mapping(columns, more, ignoresOthers, zone);
    }

    /**
     * Whether every column has a meaning.
     *
     * @return what is wrong, one line each
     */
    public List<String> problems(List<String> header) {
        return header.stream().flatMap(column -> problem(column).stream()).toList();
    }

    private Optional<String> problem(String column) {
        try {
            return target(column).isPresent() || ignoresOthers
                    ? Optional.empty()
                    : Optional.of("the mapping does not know column " + column);
        } catch (IllegalArgumentException e) {
            return Optional.of("column " + column + ": " + e.getMessage());
        }
    }

    /**
     * Where a column goes, empty if the mapping does not know it.
     *
     * @throws IllegalArgumentException if columns are named by their places, and there is none of this name
     */
    Optional<Target> target(String column) {
        return columns.isEmpty() ? Optional.of(Target.parse(column)) : Optional.ofNullable(columns.get(column));
    }

    private static boolean ignoresOthers(Value.Fields fields) {
        return switch (fields.findText("others").orElse("refuse")) {
            case "ignore" -> true;
            case "refuse" -> false;
            default -> throw new IllegalArgumentException("others must be ignore or refuse");
        };
    }

    private static ZoneId zone(Value.Fields fields) {
        try {
            return fields.findText("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone must be one like Europe/Berlin", e);
        }
    }
}
