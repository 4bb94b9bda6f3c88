package dev.sluice.model.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds how far text stands in JSON as it is: printable ASCII but the quote and the backslash. Eight bytes at a time. Stateless. */
final class PlainAscii {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private PlainAscii() {}

    /** Where the first byte is, from {@code from} to before {@code to}, that does not stand for itself; {@code to} if none is. */
    static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long odd = (eight | eight - ONES * ' ' | zeros(eight ^ ONES * '"') | zeros(eight ^ ONES * '\\')) & HIGHS;
            if (odd != 0) {
                // Borrowing makes bytes behind an odd one look odd, never one before it.
                return at + Long.numberOfTrailingZeros(odd) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Sets the highest bit of each byte that is 0. */
    private static long zeros(long eight) {
        return eight - ONES & ~eight;
    }
}
