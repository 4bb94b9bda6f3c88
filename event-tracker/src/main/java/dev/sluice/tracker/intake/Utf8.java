package dev.sluice.tracker.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first look at a body: is it UTF-8 to the letter? What reads it later can then take every byte beyond ASCII as it
 * is. Eight bytes of ASCII are passed over at once, which is most of what SDKs send. Stateless.
 */
final class Utf8 {
    /** Eight bytes of an array as one number, the first byte lowest. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** Any of them means UTF-16 or UTF-32: no JSON text has a NUL. */
    private static final int FIRST_BYTES = 4;

    private Utf8() {}

    /** @throws RefusedInput as {@code bad_utf8} also of a byte order mark, which JSON text must not begin with */
    static void require(byte[] body, int length) {
        if (length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw new RefusedInput("bad_utf8", "the body begins with a byte order mark");
        }
        int at = 0;
        while (at < length) {
            if (at + Long.BYTES <= length && ((long) LONGS.get(body, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            } else if (body[at] >= 0) {
                at++;
            } else {
                at += sequence(body, at, length);
            }
        }
        for (int i = 0; i < Math.min(FIRST_BYTES, length); i++) {
            if (body[i] == 0) {
                throw new RefusedInput("bad_utf8", "the body is not UTF-8: it has a NUL at byte " + i);
            }
        }
    }

    /**
     * The length of the character beyond ASCII that begins at {@code at}: 2 to 4. Its second byte's range excludes forms
     * that are longer than needed (E0, F0), halves of surrogate pairs (ED) and what is beyond Unicode (F4).
     */
    private static int sequence(byte[] body, int at, int length) {
        int first = body[at] & 0xff;
        int bytes = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (bytes == 0 || at + bytes > length) {
            throw bad(at);
        }
        int second = body[at + 1] & 0xff;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            throw bad(at);
        }
        for (int i = 2; i < bytes; i++) {
            if ((body[at + i] & 0xC0) != 0x80) {
                throw bad(at);
            }
        }
        return bytes;
    }

    private static RefusedInput bad(int at) {
        return new RefusedInput("bad_utf8", "the body is not UTF-8 at byte " + at);
    }
}
