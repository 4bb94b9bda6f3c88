package dev.sluice.tracker.bulk;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.tracker.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes rows into messages. A message that has no id is named by its content, so that an import which is run twice counts once;
 * two rows that are wholly alike are therefore one event. Thread-safe.
 */
public final class RowMessages {
    private static final String TYPE = "type";
    private static final String MESSAGE_ID = "messageId";
    /** Half of a SHA-256: no two of a billion rows meet by chance. */
    private static final int ID_DIGITS = 32;

    private final Mapping mapping;

    public RowMessages(Mapping mapping) {
        this.mapping = mapping;
    }

    /** The message of a row, or why there is none. */
    public RowMessage of(Row row) {
        return switch (row) {
            case Row.Cells(Row.Source source, Value.Fields values) -> cells(source, values);
            case Row.Message(Row.Source source) -> message(source);
            case Row.Unreadable(Row.Source source, Problem problem) -> new RowMessage.Refused(source, problem);
        };
    }

    private RowMessage cells(Row.Source source, Value.Fields values) {
        var message = new Tree();
        for (Map.Entry<String, Value> cell : values.fields().entrySet()) {
            Optional<Target> target = target(cell.getKey());
            if (target.isEmpty()) {
                if (mapping.ignoresOthers()) {
                    continue;
                }
                return new RowMessage.Refused(source, RowProblems.unknownColumn(shown(cell.getKey())));
            }
            if (cell.getValue() instanceof Value.Nothing) {
                continue;
            }
            try {
                message.put(
                        target.get(), Cell.read(cell.getValue(), target.get().kind(), mapping.zone()));
            } catch (IllegalArgumentException e) {
                return new RowMessage.Refused(
                        source, RowProblems.badValue(shown(cell.getKey()), String.valueOf(e.getMessage())));
            }
        }
        try {
            mapping.constants().forEach(message::putIfAbsent);
        } catch (IllegalArgumentException e) {
            return new RowMessage.Refused(
                    source, RowProblems.badValue("of a constant", String.valueOf(e.getMessage())));
        }
        Value.Fields unnamed = message.fields();
        String id = unnamed.find(MESSAGE_ID).orElse(Value.NOTHING) instanceof Value.Text text
                ? text.text()
                : digest(json(unnamed));
        message.put(Target.parse(MESSAGE_ID), Value.of(id));
        return new RowMessage.Ready(source, id, json(message.fields()));
    }

    private static byte[] json(Value.Fields message) {
        return JsonText.writeObject(json -> message.fields().forEach((name, value) -> {
            json.writeName(name);
            JsonText.write(json, value);
        }));
    }

    private Optional<Target> target(String column) {
        try {
            return mapping.target(column);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the client wrote stays as it is, byte for byte; only what is missing is put before it. */
    private RowMessage message(Row.Source source) {
        Value.Fields fields;
        try {
            fields = JsonText.readObject(source.bytes());
        } catch (MalformedException e) {
            return new RowMessage.Refused(source, new Problem("invalid_json", String.valueOf(e.getMessage())));
        }
        byte[] json = source.bytes();
        boolean empty = fields.fields().isEmpty();
        if (!fields.fields().containsKey(TYPE)
                && mapping.constants().get(Target.parse(TYPE)) instanceof Value.Text type) {
            json = spliced(TYPE, type.text(), json, empty);
            empty = false;
        }
        if (!fields.fields().containsKey(MESSAGE_ID)) {
            // With the type: sent again as another one, it is another message.
            String name = digest(json);
            return new RowMessage.Ready(source, name, spliced(MESSAGE_ID, name, json, empty));
        }
        if (!(fields.fields().get(MESSAGE_ID) instanceof Value.Text name)
                || name.text().isEmpty()) {
            // The tracker would make one up, and the import could not be repeated.
            return new RowMessage.Refused(
                    source, new Problem("bad_message_id", "messageId must be text, or be left out"));
        }
        return new RowMessage.Ready(source, name.text(), json);
    }

    private static byte[] spliced(String name, String text, byte[] json, boolean empty) {
        int brace = 0;
        while (json[brace] != '{') {
            brace++;
        }
        byte[] before = ("\"" + name + "\":\"" + text + (empty ? "\"" : "\",")).getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[json.length + before.length];
        System.arraycopy(json, 0, both, 0, brace + 1);
        System.arraycopy(before, 0, both, brace + 1, before.length);
        System.arraycopy(json, brace + 1, both, brace + 1 + before.length, json.length - brace - 1);
        return both;
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "import-" + HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String shown(String column) {
        return column.length() <= 64 ? column : column.substring(0, 64);
    }

    /** A message while it is made; its names are sorted, so that the order of columns does not matter to its id. */
    private static final class Tree {
        private final Map<String, Object> fields = new TreeMap<>();

        void put(Target target, Value value) {
            put(target, value, true);
        }

        void putIfAbsent(Target target, Value value) {
            put(target, value, false);
        }

        @SuppressWarnings("unchecked") // Below a name of an inner node there is always a map of this kind.
        private void put(Target target, Value value, boolean replacing) {
            Map<String, Object> at = fields;
            for (String name : target.path().subList(0, target.path().size() - 1)) {
                Object inner = at.computeIfAbsent(name, any -> new TreeMap<String, Object>());
                if (!(inner instanceof Map<?, ?>)) {
                    throw new IllegalArgumentException("a place of its own: another column holds " + name);
                }
                at = (Map<String, Object>) inner;
            }
            String last = target.path().getLast();
            if (at.get(last) instanceof Map<?, ?>) {
                throw new IllegalArgumentException("a place of its own: another column lies below " + last);
            }
            if (replacing || !at.containsKey(last)) {
                at.put(last, value);
            }
        }

        Value.Fields fields() {
            return fields(fields);
        }

        private static Value.Fields fields(Map<String, Object> level) {
            Map<String, Value> values = new LinkedHashMap<>();
            level.forEach((name, value) -> values.put(name, value instanceof Value leaf ? leaf : inner(value)));
            return new Value.Fields(values);
        }

        @SuppressWarnings("unchecked") // As above.
        private static Value inner(Object level) {
            return fields((Map<String, Object>) level);
        }
    }
}
