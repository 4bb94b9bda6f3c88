package dev.sluice.model;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many records in one: newline-ended JSON lines compressed as one gzip member or one zstd frame with no header of our
 * own, so that Firehose can put records end to end and the file is still a valid one. Used on both Kinesis streams.
 * Thread-safe: what compressing needs is kept for each thread.
 */
public final class LineBatch {
    /** A batch's usual bound and more; what a larger one needs is not kept. */
    private static final int KEPT_BYTES = 1 << 20;

    private static final int FIRST_ROOM = 64 << 10;

    private static final ThreadLocal<byte[]> LINES = ThreadLocal.withInitial(() -> new byte[8 << 10]);

    private LineBatch() {}

    /** As {@link #encode(List, Codec)} as {@link Codec#GZIP}, which any reader of HTTP bodies knows. */
    public static byte[] encode(List<byte[]> lines) {
        return encode(lines, Codec.GZIP);
    }

    /**
     * Compresses lines into one member or frame.
     *
     * @param lines JSON texts without line breaks, not empty
     */
    public static byte[] encode(List<byte[]> lines, Codec codec) {
        int length = 0;
        for (byte[] line : lines) {
            length = Math.addExact(length, line.length + 1);
        }
        byte[] all = room(length);
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
            all[at++] = '\n';
        }
        return codec.format() == Codec.Format.GZIP
                ? GzipMember.encode(all, length, codec.level())
                : ZstdFrame.encode(all, length, codec.level());
    }

    private static byte[] room(int length) {
        byte[] kept = LINES.get();
        if (kept.length >= length) {
            return kept;
        }
        byte[] larger = new byte[Math.max(length, Math.min(2 * kept.length, KEPT_BYTES))];
        if (larger.length <= KEPT_BYTES) {
            LINES.set(larger);
        }
        return larger;
    }

    /**
     * Reads lines back, from one member or frame or several put end to end, of either kind. Empty lines are passed over.
     *
     * @param maxBytes what the lines may come to when unpacked, so that a small record cannot fill the memory
     * @throws MalformedException if the bytes are neither gzip nor zstd, are cut short, or unpack to more than
     *     {@code maxBytes}
     */
    public static List<byte[]> decode(byte[] record, int maxBytes) {
        var lines = new ArrayList<byte[]>();
        split(unpack(record, maxBytes), lines);
        return lines;
    }

    /**
     * Reads the one member or frame that begins at {@code start}. Who reads a long file so, one after the other, holds no more
     * than one of them unpacked.
     *
     * @param maxBytes what it alone may come to when unpacked
     * @param into gets its lines
     * @return where the next begins: the record's length after the last
     * @throws MalformedException as {@link #decode}
     */
    public static int decodeOne(byte[] record, int start, int maxBytes, List<byte[]> into) {
        var out = new ByteArrayOutputStream(Math.min(maxBytes, FIRST_ROOM));
        int end = unpackOne(record, start, out, maxBytes);
        split(out.toByteArray(), into);
        return end;
    }

    /** Whether the bytes begin as one of the formats does that this code reads; not whether they are whole. */
    public static boolean isKnown(byte[] record) {
        return ZstdFrame.beginsAt(record, 0) || GzipMember.beginsAt(record, 0);
    }

    private static void split(byte[] all, List<byte[]> lines) {
        int start = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == '\n') {
                if (i > start) {
                    lines.add(Arrays.copyOfRange(all, start, i));
                }
                start = i + 1;
            }
        }
    }

    /** The JDK's own stream takes a damaged second member for the end of the file; here every byte must belong to one. */
    private static byte[] unpack(byte[] record, int maxBytes) {
        var out = new ByteArrayOutputStream(Math.min(maxBytes, Math.max(1024, 8 * record.length)));
        int at = 0;
        do {
            at = unpackOne(record, at, out, maxBytes);
        } while (at < record.length);
        return out.toByteArray();
    }

    private static int unpackOne(byte[] record, int start, ByteArrayOutputStream out, int maxBytes) {
        return ZstdFrame.beginsAt(record, start)
                ? ZstdFrame.decode(record, start, out, maxBytes)
                : GzipMember.decode(record, start, out, maxBytes);
    }
}
