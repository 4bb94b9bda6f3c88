package dev.sluice.tracker.plan;

import dev.sluice.tracker.Slice;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Members that are to be cut out of a JSON object, noted in their order while it is read. Used by one thread. */
final class Cuts {
    private int[] ends = new int[8];
    private int size;

    /** A member from the quote before its name to the end of its value, both counted from the start of the slice. */
    void add(int from, int to) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size++] = from;
        ends[size++] = to;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The object without the members, and without the commas that stood beside them. */
    byte[] of(Slice object) {
        byte[] json = object.body();
        var kept = new Kept(object.length());
        int at = object.start();
        for (int i = 0; i < size; i += 2) {
            kept.write(json, at, object.start() + ends[i] - at);
            at = afterSpace(json, object.start() + ends[i + 1]);
            if (json[at] == ',') {
                at++;
            } else {
                kept.dropComma();
            }
        }
        kept.write(json, at, object.end() - at);
        return kept.toByteArray();
    }

    private static int afterSpace(byte[] json, int from) {
        int at = from;
        while (isSpace(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static final class Kept extends ByteArrayOutputStream {
        Kept(int size) {
            super(size);
        }

        /** The one that stood before the last member, now that nothing follows it. */
        void dropComma() {
            int end = count;
            while (end > 0 && isSpace(buf[end - 1])) {
                end--;
            }
            if (end > 0 && buf[end - 1] == ',') {
                count = end - 1;
            }
        }
    }
}
