package dev.sluice.model.profile;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Compact JSON straight into an array: the bytes that a generator of {@link JsonText} writes. Used by one thread. */
final class JsonBytes {
    private static final int DAY = 86_400;
    /** Instants that are written with four digits of the year. */
    private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * DAY;

    private static final long SECONDS_END = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;
    private static final int NANOS_OF_A_MILLISECOND = 1_000_000;
    private static final int LONGEST_INSTANT = 32;
    private static final int LONGEST_NUMBER = 20;
    private static final int BYTES_OF_A_CHARACTER = 6;
    static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** Of each ASCII character what follows a backslash instead of it: 0 if it stands for itself, {@code u} for its number. */
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int size;

    /** @param expected how many bytes there may be; more than that are copied */
    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[0x80];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        String escaped = "\"\"\\\\\bb\ff\nn\rr\tt";
        for (int i = 0; i < escaped.length(); i += 2) {
            escapes[escaped.charAt(i)] = (byte) escaped.charAt(i + 1);
        }
        return escapes;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Bytes that are JSON already. */
    void raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** Some of other bytes that are JSON already. */
    void raw(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
    }

    void raw(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    void number(long number) {
        if (number < 0 || number >= 1_000_000_000_000_000_000L) {
            raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        room(LONGEST_NUMBER);
        int digits = 1;
        for (long ten = 10; ten <= number; ten *= 10) {
            digits++;
        }
        digits(number, digits);
    }

    private void digits(long number, int digits) {
        long left = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += digits;
    }

    void flag(boolean flag) {
        raw(flag ? TRUE : FALSE);
    }

    /** As {@link Instant#toString} writes it. */
    void instant(Instant moment) {
        long second = moment.getEpochSecond();
        int nano = moment.getNano();
        if (second < FIRST_SECOND || second >= SECONDS_END || nano % NANOS_OF_A_MILLISECOND != 0) {
            text(moment.toString());
            return;
        }
        room(LONGEST_INSTANT);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
        int ofDay = Math.floorMod(second, DAY);
        bytes[size++] = '"';
        digits(day.getYear(), 4);
        bytes[size++] = '-';
        digits(day.getMonthValue(), 2);
        bytes[size++] = '-';
        digits(day.getDayOfMonth(), 2);
        bytes[size++] = 'T';
        digits(ofDay / 3_600, 2);
        bytes[size++] = ':';
        digits(ofDay / 60 % 60, 2);
        bytes[size++] = ':';
        digits(ofDay % 60, 2);
        if (nano != 0) {
            bytes[size++] = '.';
            digits(nano / NANOS_OF_A_MILLISECOND, 3);
        }
        bytes[size++] = 'Z';
        bytes[size++] = '"';
    }

    void text(String text) {
        int length = text.length();
        room(length + 2);
        int end = size;
        bytes[end++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                escaped(text);
                return;
            }
            bytes[end++] = (byte) c;
        }
        bytes[end] = '"';
        size = end + 1;
    }

    private void escaped(String text) {
        int length = text.length();
        room(BYTES_OF_A_CHARACTER * length + 2);
        int start = size;
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (!Character.isSurrogate(c)) {
                beyondAscii(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                beyondAscii(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                size = start;
                byGenerator(text);
                return;
            }
        }
        bytes[size++] = '"';
    }

    private void ascii(char c) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = '\\';
        bytes[size++] = escape;
        if (escape == 'u') {
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 0xF];
        }
    }

    private void beyondAscii(int point) {
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | point >> 12);
            } else {
                bytes[size++] = (byte) (0xF0 | point >> 18);
                bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            }
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        bytes[size++] = (byte) (0x80 | point & 0x3F);
    }

    /** A half of a character alone is no text; what to do about it is the generator's to say. */
    private void byGenerator(String text) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeString(text);
        }
        raw(out.toByteArray());
    }

    void value(Value value) {
        if (value instanceof Value.Text text) {
            text(text.text());
        } else if (value instanceof Value.Decimal decimal) {
            raw(decimal.number().toPlainString().getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Value.Flag flag) {
            flag(flag.flag());
        } else if (value instanceof Value.Many many) {
            many(many);
        } else if (value instanceof Value.Fields fields) {
            fields(fields);
        } else {
            raw(NULL);
        }
    }

    private void many(Value.Many many) {
        raw('[');
        boolean first = true;
        for (Value element : many.values()) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(element);
        }
        raw(']');
    }

    void fields(Value.Fields fields) {
        raw('{');
        boolean first = true;
        for (Map.Entry<String, Value> field : fields.fields().entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            text(field.getKey());
            raw(':');
            value(field.getValue());
        }
        raw('}');
    }
}
