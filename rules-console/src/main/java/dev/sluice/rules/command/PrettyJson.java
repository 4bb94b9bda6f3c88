package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON for people and for line-by-line comparison: one key a line, two spaces a level, lists of plain values on one line.
 * The same value always gives the same text. Stateless.
 */
final class PrettyJson {
    /** Length of {@code {"v":}. */
    private static final int BEFORE = 5;

    private PrettyJson() {}

    static String of(Value value) {
        var text = new StringBuilder();
        write(text, value, 0);
        return text.append('\n').toString();
    }

    private static void write(StringBuilder text, Value value, int level) {
        if (value instanceof Value.Fields fields && !fields.fields().isEmpty()) {
            text.append("{\n");
            String separator = "";
            for (var field : fields.fields().entrySet()) {
                text.append(separator);
                indent(text, level + 1);
                text.append(plain(Value.of(field.getKey()))).append(": ");
                write(text, field.getValue(), level + 1);
                separator = ",\n";
            }
            text.append('\n');
            indent(text, level);
            text.append('}');
        } else if (value instanceof Value.Many many && many.values().stream().anyMatch(PrettyJson::isNested)) {
            elements(text, many.values(), level);
        } else if (value instanceof Value.Many many) {
            text.append(many.values().stream().map(PrettyJson::plain).collect(Collectors.joining(", ", "[", "]")));
        } else {
            text.append(plain(value));
        }
    }

    private static void elements(StringBuilder text, List<Value> values, int level) {
        text.append("[\n");
        String separator = "";
        for (Value element : values) {
            text.append(separator);
            indent(text, level + 1);
            write(text, element, level + 1);
            separator = ",\n";
        }
        text.append('\n');
        indent(text, level);
        text.append(']');
    }

    private static boolean isNested(Value value) {
        return value instanceof Value.Fields || value instanceof Value.Many;
    }

    private static void indent(StringBuilder text, int level) {
        text.repeat("  ", level);
    }

    private static String plain(Value value) {
        byte[] wrapped = JsonText.writeObject(json -> {
            json.writeName("v");
            JsonText.write(json, value);
        });
        return new String(wrapped, BEFORE, wrapped.length - BEFORE - 1, StandardCharsets.UTF_8);
    }
}
