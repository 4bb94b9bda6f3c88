package dev.sluice.tracker.intake;

import java.nio.charset.StandardCharsets;

/**
 * What the bytes between the quotes of a JSON string say. Only for what must be looked at as text; the bytes have been
 * found to be a valid string before. Stateless.
 */
final class StringBytes {
    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;

    private StringBytes() {}

    /** The text of a string whose content stands from {@code from} to before {@code to}. */
    static String text(byte[] bytes, int from, int to, boolean escaped) {
        return escaped ? unescaped(bytes, from, to) : plain(bytes, from, to);
    }

    private static String plain(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescaped(byte[] bytes, int from, int to) {
        var text = new StringBuilder(to - from);
        int copied = from;
        int at = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(plain(bytes, copied, at));
            if (bytes[at + 1] == 'u') {
                text.append(unit(bytes, at));
                at += 2 + UNICODE_DIGITS;
            } else {
                text.append(named(bytes[at + 1]));
                at += 2;
            }
            copied = at;
        }
        return text.append(plain(bytes, copied, to)).toString();
    }

    /** The UTF-16 unit of the escape that begins at {@code at}: four hexadecimal digits after a backslash and a u. */
    static char unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 2 + UNICODE_DIGITS; i++) {
            unit = unit * HEX + Character.digit(bytes[i], HEX);
        }
        return (char) unit;
    }

    private static char named(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            // A quote, a backslash or a slash stands for itself.
            default -> (char) letter;
        };
    }
}
