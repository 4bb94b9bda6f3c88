package dev.sluice.tracker;

import java.util.Arrays;

/** Where one JSON value stands in a body: from {@code start} to before {@code end}. The bytes are not copied. */
record Slice(byte[] body, int start, int end) {
    int length() {
        return end - start;
    }

    byte[] copy() {
        return Arrays.copyOfRange(body, start, end);
    }
}
