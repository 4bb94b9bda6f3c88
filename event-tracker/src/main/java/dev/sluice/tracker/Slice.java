package dev.sluice.tracker;

import java.util.Arrays;

/** Where one JSON value stands in a body: from {@code start} to before {@code end}. The bytes are not copied. */
public record Slice(byte[] body, int start, int end) {
    private static final byte[] NOTHING = {'{', '}'};

    /** The object without fields. */
    public static final Slice EMPTY_OBJECT = new Slice(NOTHING, 0, NOTHING.length);

    public int length() {
        return end - start;
    }

    /** For when the body is gone. */
    public byte[] copy() {
        return Arrays.copyOfRange(body, start, end);
    }
}
