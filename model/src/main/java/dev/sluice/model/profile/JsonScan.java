package dev.sluice.model.profile;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
    private static final int SECONDS_LENGTH = 19;
    private static final int MILLIS_LENGTH = 23;
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] bytes;
    private int at;

    JsonScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes are not what {@link JsonBytes} writes, or unusual. One for all: it says no more than that. */
    static final class OtherForm extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final OtherForm ONE = new OtherForm();

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
        if (bytes.length - at < literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (bytes[at + i] != literal[i]) {
                return false;
            }
        }
        at += literal.length;
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
        int from = at;
        OtherForm.unless(bytes.length - from > MILLIS_LENGTH + 1);
        boolean hasMillis = bytes[from + SECONDS_LENGTH] == '.';
        int hour = number(11, 2, ':');
        int minute = number(14, 2, ':');
        int second = number(17, 2, hasMillis ? '.' : 'Z');
        OtherForm.unless(hour < 24 && minute < 60 && second < 60);
        long day = day(number(0, 4, '-'), number(5, 2, '-'), number(8, 2, 'T'));
        int millis = hasMillis ? number(SECONDS_LENGTH + 1, 3, 'Z') : 0;
        at = from + (hasMillis ? MILLIS_LENGTH : SECONDS_LENGTH) + 1;
        expect('"');
        long seconds = day * 86_400 + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochMilli(seconds * 1_000 + millis);
    }

    private static long day(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException noSuchDay) {
            throw OtherForm.ONE;
        }
    }

    /** @param offset from here on */
    private int number(int offset, int digits, char end) {
        int number = 0;
        int from = at + offset;
        for (int i = from; i < from + digits; i++) {
            OtherForm.unless(isDigit(bytes[i]));
            number = number * 10 + (bytes[i] - '0');
        }
        OtherForm.unless(bytes[from + digits] == end);
        return number;
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
        Map<String, Value> fields = new LinkedHashMap<>();
        do {
            String name = name();
            expect(':');
            OtherForm.unless(fields.put(name, value(depth)) == null);
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
