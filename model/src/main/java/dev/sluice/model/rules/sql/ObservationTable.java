package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.SqlDialect;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The relation {@value #NAME} that {@link RuleStatement}s read: one row for each observation, as {@link ObservationRow}
 * writes it. Stateless.
 */
public final class ObservationTable {
    public static final String NAME = "observations";

    private ObservationTable() {}

    /** The columns' names and types, in their order, as the engine writes types. */
    public static Map<String, String> columns(SqlDialect dialect) {
        Words words = Words.of(dialect);
        String text = words.type("VARCHAR");
        String values = words.mapOf(value(words));
        List<String> event = List.of("id", "type", "name", "properties");
        List<String> occurrence = List.of("id", "type", "name", "time", "place", "properties");
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", text);
        columns.put("moment", "BIGINT");
        columns.put("event", words.struct(event, List.of(text, text, text, values)));
        columns.put("traits", values);
        columns.put("statistics", values);
        columns.put("consents", words.mapOf("BOOLEAN"));
        columns.put("home", words.struct(List.of("x", "y", "z"), List.of("BIGINT", "BIGINT", "BIGINT")));
        columns.put("before", words.listOf(text));
        columns.put(
                "history",
                words.listOf(words.struct(occurrence, List.of(text, text, text, "BIGINT", "INTEGER", values))));
        return columns;
    }

    private static String value(Words words) {
        List<String> names = Arrays.stream(Part.values()).map(Part::column).collect(Collectors.toList());
        List<String> types =
                Arrays.stream(Part.values()).map(part -> part.type(words)).collect(Collectors.toList());
        names.add(0, "kind");
        types.add(0, words.type("VARCHAR"));
        return words.struct(names, types);
    }
}
