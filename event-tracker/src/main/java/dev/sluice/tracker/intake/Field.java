package dev.sluice.tracker.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** The fields of a body and of an event that mean something to the tracker, found by the bytes of their names. */
enum Field {
    // Text that is held, because it decides who, what and when.
    TYPE("type"),
    MESSAGE_ID("messageId"),
    EVENT("event"),
    USER_ID("userId"),
    ANONYMOUS_ID("anonymousId"),
    TIMESTAMP("timestamp"),
    ORIGINAL_TIMESTAMP("originalTimestamp"),
    SENT_AT("sentAt"),
    // Objects.
    PROPERTIES("properties"),
    TRAITS("traits"),
    CONTEXT("context"),
    // Ours to say; what the client says of them is dropped.
    V("v"),
    ACCOUNT("account"),
    SLOT("slot"),
    NODE("node"),
    RECEIVED_AT("receivedAt"),
    TRACEPARENT("traceparent"),
    WRITE_KEY("writeKey"),
    // Copied like any other, but looked at.
    NAME("name"),
    BATCH("batch"),
    /** Any other name. */
    OTHER("");

    /** How many are held. */
    static final int HELD = SENT_AT.ordinal() + 1;

    private static final Field[][] BY_LENGTH = byLength();

    private final String text;
    private final byte[] bytes;

    Field(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As clients spell it. */
    String text() {
        return text;
    }

    /** The field whose name stands from {@code from} to before {@code to}. */
    static Field of(byte[] name, int from, int to, boolean escaped) {
        if (escaped) {
            byte[] spelt = StringBytes.text(name, from, to, true).getBytes(StandardCharsets.UTF_8);
            return of(spelt, 0, spelt.length, false);
        }
        int length = to - from;
        if (length < BY_LENGTH.length) {
            for (Field field : BY_LENGTH[length]) {
                if (field.bytes[0] == name[from] && Arrays.equals(field.bytes, 0, length, name, from, to)) {
                    return field;
                }
            }
        }
        return OTHER;
    }

    private static Field[][] byLength() {
        int longest =
                Stream.of(values()).mapToInt(field -> field.bytes.length).max().orElse(0);
        var fields = new Field[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            fields[length] = Stream.of(values())
                    .filter(field -> field != OTHER && field.bytes.length == wanted)
                    .toArray(Field[]::new);
        }
        return fields;
    }
}
