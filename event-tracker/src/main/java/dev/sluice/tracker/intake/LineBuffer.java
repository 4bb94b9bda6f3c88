package dev.sluice.tracker.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of JSON text that are being put together. Used by one thread, again and again. */
final class LineBuffer {
    /** More than this is not kept between requests. */
    private static final int KEPT = 128 << 10;

    private byte[] bytes = new byte[2048];
    private int size;

    /** Begins anew. */
    void clear() {
        if (bytes.length > KEPT) {
            bytes = new byte[2048];
        }
        size = 0;
    }

    /** Takes back the last byte. */
    void unput() {
        size--;
    }

    void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    void put(byte[] all) {
        put(all, 0, all.length);
    }

    void put(LineBuffer other) {
        put(other.bytes, 0, other.size);
    }

    void put(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
    }

    /** A number of one to three digits. */
    void putSmall(int number) {
        if (number >= 100) {
            put((char) ('0' + number / 100));
        }
        if (number >= 10) {
            put((char) ('0' + number / 10 % 10));
        }
        put((char) ('0' + number % 10));
    }

    /** A time as a string, in UTC. */
    void putTime(long millis) {
        room(UtcMillis.MOST_BYTES + 2);
        bytes[size++] = '"';
        size = UtcMillis.write(millis, bytes, size);
        bytes[size++] = '"';
    }

    /** A text as a string. */
    void putText(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                put("\\u%04x".formatted((int) c).getBytes(StandardCharsets.US_ASCII));
            } else if (c < 0x80) {
                put(c);
            } else {
                put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        put('"');
    }

    /** JSON text that has been found valid, without the white space between its tokens. */
    void putCompact(byte[] from, int start, int end) {
        room(end - start);
        boolean inString = false;
        for (int i = start; i < end; i++) {
            byte b = from[i];
            if (inString || b > ' ' || b < 0) {
                bytes[size++] = b;
            }
            if (b == '"') {
                inString = !inString;
            } else if (b == '\\') {
                // Only strings have one; what it escapes may be a quote.
                bytes[size++] = from[++i];
            }
        }
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }
}
