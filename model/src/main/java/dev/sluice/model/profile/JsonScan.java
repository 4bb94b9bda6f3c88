package dev.sluice.model.profile;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as {@link JsonBytes} writes it, byte by byte and without a tree. Whatever is written otherwise, valid or not,
 * and whatever is unusual, is {@link OtherForm}: another reader has to judge it. Used by one thread.
 */
final class JsonScan {
    /** Longer numbers are left to the other reader. */
    private static final int MAX_DIGITS = 18;
    /** Characters of a decimal number: fewer than the digits that JsonText allows. */
    private static final int MAX_DECIMAL = 38;

    private static final int MAX_TEXT = 1 << 16;
    private static final int MAX_NAME = 256;
    private static final int MAX_DEPTH = 8;
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] bytes;
    private int at;
    private final InstantScan instants;

    JsonScan(byte[] bytes) {
        this.bytes = bytes;
        this.instants = new InstantScan(bytes);
    }

    /** The bytes are not what {@link JsonBytes} writes, or unusual. One for all: it says no more than that. */
    static final class OtherForm extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final OtherForm ONE = new OtherForm();

        private OtherForm() {
            super("another form", null, false, false);
        }

        static void unless(boolean holds) {
            if (!holds) {
                throw ONE;
            }
        }
    }

    /** 0 at the end. */
    private byte next() {
        return at < bytes.length ? bytes[at] : 0;
    }

    /** The place of the next byte. */
    int place() {
        return at;
    }

    boolean isAt(char ascii) {
        return next() == ascii;
    }

    /** Steps over it if it comes next. */
    boolean skip(char ascii) {
        if (next() != ascii) {
            return false;
        }
        at++;
        return true;
    }

    boolean skip(byte[] literal) {
        int end = at + literal.length;
        if (end > bytes.length
                || bytes[at] != literal[0]
                || !Arrays.equals(bytes, at, end, literal, 0, literal.length)) {
            return false;
        }
        at = end;
        return true;
    }

    void expect(char ascii) {
        OtherForm.unless(skip(ascii));
    }

    void expect(byte[] literal) {
        OtherForm.unless(skip(literal));
    }

    void expectEnd() {
        OtherForm.unless(at == bytes.length);
    }

    /** A whole number of at most 18 digits. */
    long whole() {
        boolean negative = skip('-');
        int from = at;
        long number = digits();
        int length = at - from;
        OtherForm.unless(length > 0 && length <= MAX_DIGITS && (length == 1 || bytes[from] != '0'));
        OtherForm.unless(!isAt('.') && !isAt('e') && !isAt('E'));
        return negative ? -number : number;
    }

    /** The number of the digits that come next; no meaning if they are too many. */
    private long digits() {
        long number = 0;
        while (at < bytes.length && isDigit(bytes[at])) {
            number = number * 10 + (bytes[at++] - '0');
        }
        return number;
    }

    private static boolean isDigit(byte ascii) {
        return ascii >= '0' && ascii <= '9';
    }

    boolean flag() {
        if (skip(JsonBytes.TRUE)) {
            return true;
        }
        expect(JsonBytes.FALSE);
        return false;
    }

    String name() {
        String name = text();
        OtherForm.unless(name.length() <= MAX_NAME);
        return name;
    }

    String text() {
        expect('"');
        int from = at;
        at = PlainAscii.end(bytes, from, bytes.length);
        if (!isAt('"')) {
            return special(from);
        }
        OtherForm.unless(at - from <= MAX_TEXT);
        return new String(bytes, from, at++ - from, StandardCharsets.ISO_8859_1);
    }

    /** What is no UTF-8 has become replacements. */
    private static String decoded(String text) {
        OtherForm.unless(text.indexOf(REPLACEMENT) < 0);
        return text;
    }

    private String special(int from) {
        var text = new StringBuilder();
        int plain = from;
        for (byte each = next(); each != '"'; each = next()) {
            OtherForm.unless(each < 0 || each >= ' ');
            at++;
            if (each == '\\') {
                text.append(decoded(new String(bytes, plain, at - 1 - plain, StandardCharsets.UTF_8)));
                text.append(unescaped(next()));
                at++;
                plain = at;
            }
        }
        OtherForm.unless(at - from <= MAX_TEXT);
        text.append(decoded(new String(bytes, plain, at - plain, StandardCharsets.UTF_8)));
        at++;
        return text.toString();
    }

    private static char unescaped(byte escape) {
        switch (escape) {
            case '"', '\\', '/':
                return (char) escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            default:
                throw OtherForm.ONE;
        }
    }

    /** A moment in UTC with four digits of the year, to the second or the millisecond. */
    Instant instant() {
        expect('"');
        int length = instants.lengthAt(at);
        Instant instant = instants.read(at, length);
        at += length;
        expect('"');
        return instant;
    }

    Value.Fields fields() {
        return fields(0);
    }

    private Value.Fields fields(int depth) {
        OtherForm.unless(depth < MAX_DEPTH);
        expect('{');
        if (skip('}')) {
            return Value.Fields.NONE;
        }
        Map<String, Value> fields = Map.of();
        do {
            String name = name();
            expect(':');
            Value value = value(depth);
            if (fields.isEmpty()) {
                if (skip('}')) {
                    return Value.Fields.of(name, value);
                }
                fields = new LinkedHashMap<>();
            }
            OtherForm.unless(fields.put(name, value) == null);
        } while (skip(','));
        expect('}');
        return new Value.Fields(fields);
    }

    private Value value(int depth) {
        switch (next()) {
            case '"':
                return Value.of(text());
            case '{':
                return fields(depth + 1);
            case '[':
                return many(depth + 1);
            case 't', 'f':
                return Value.of(flag());
            case 'n':
                expect(JsonBytes.NULL);
                return Value.NOTHING;
            default:
                return decimal();
        }
    }

    private Value.Many many(int depth) {
        OtherForm.unless(depth < MAX_DEPTH);
        expect('[');
        List<Value> values = new ArrayList<>();
        if (!skip(']')) {
            do {
                values.add(value(depth));
            } while (skip(','));
            expect(']');
        }
        return new Value.Many(values);
    }

    private Value.Decimal decimal() {
        int from = at;
        boolean negative = skip('-');
        int first = at;
        long number = digits();
        int length = at - first;
        OtherForm.unless(length > 0 && (length == 1 || bytes[first] != '0'));
        boolean whole = !skip('.');
        if (!whole) {
            int point = at;
            digits();
            OtherForm.unless(at > point);
        }
        OtherForm.unless(at - from <= MAX_DECIMAL && !isAt('e') && !isAt('E'));
        return whole && length <= MAX_DIGITS
                ? Value.of(negative ? -number : number)
                : new Value.Decimal(new BigDecimal(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1)));
    }
}
