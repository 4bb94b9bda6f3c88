package dev.sluice.tracker.web;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body that comes in parts. What it holds is counted, and grows with what came, not with what was announced. */
final class ArrivingBody {
    private static final int FIRST = 4096;

    private final Traffic traffic;
    private byte[] bytes = new byte[0];
    private int length;
    private int expected;

    ArrivingBody(Traffic traffic) {
        this.traffic = traffic;
    }

    /** A new one begins, of so many bytes if that is known, otherwise 0. */
    void begin(int announced) {
        expected = announced;
    }

    int length() {
        return length;
    }

    /**
     * Appends a part.
     *
     * @return bytes of all bodies that are arriving now
     */
    long add(ByteBuf part) {
        int size = part.readableBytes();
        int needed = length + size;
        long arriving = 0;
        if (needed > bytes.length) {
            int roomy = Math.max(FIRST, 2 * bytes.length);
            int capacity = Math.max(needed, expected > 0 ? Math.min(expected, roomy) : roomy);
            arriving = traffic.addArriving(capacity - (long) bytes.length);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        part.readBytes(bytes, length, size);
        length = needed;
        return arriving;
    }

    /** Gives up what it holds, and is empty again. */
    byte[] take() {
        byte[] taken = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
        traffic.addArriving(-bytes.length);
        bytes = new byte[0];
        length = 0;
        return taken;
    }
}
