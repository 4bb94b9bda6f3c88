package dev.sluice.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** One gzip member without name and comment (RFC 1952). Thread-safe. */
final class GzipMember {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;

    /** Setting up takes longer than compressing a small batch. The JDK frees one when its thread is gone. */
    private static final ThreadLocal<Press> PRESSES = ThreadLocal.withInitial(Press::new);

    private GzipMember() {}

    private static final class Press {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final CRC32 crc = new CRC32();
        private byte[] out = new byte[4 << 10];
    }

    static byte[] encode(byte[] bytes, int length, int level) {
        Press press = PRESSES.get();
        press.deflater.reset();
        press.deflater.setLevel(level);
        press.deflater.setInput(bytes, 0, length);
        press.deflater.finish();
        System.arraycopy(HEADER, 0, press.out, 0, HEADER.length);
        int at = HEADER.length;
        while (!press.deflater.finished()) {
            if (at + TRAILER >= press.out.length) {
                press.out = Arrays.copyOf(press.out, 2 * press.out.length);
            }
            at += press.deflater.deflate(press.out, at, press.out.length - TRAILER - at);
        }
        press.crc.reset();
        press.crc.update(bytes, 0, length);
        ByteBuffer.wrap(press.out, at, TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) press.crc.getValue())
                .putInt(length);
        return Arrays.copyOf(press.out, at + TRAILER);
    }

    static boolean beginsAt(byte[] record, int start) {
        return record.length - start >= 2 && record[start] == HEADER[0] && record[start + 1] == HEADER[1];
    }

    /** Unpacks the member that begins at {@code start}; where it ends. */
    static int decode(byte[] record, int start, ByteArrayOutputStream out, int maxBytes) {
        requireHeader(record, start);
        var inflater = new Inflater(true);
        var crc = new CRC32();
        var chunk = new byte[8192];
        try {
            inflater.setInput(record, start + HEADER.length, record.length - start - HEADER.length);
            while (!inflater.finished()) {
                int bytes = inflater.inflate(chunk);
                if (bytes == 0 && !inflater.finished()) {
                    throw new MalformedException("record is cut short");
                }
                if (out.size() + bytes > maxBytes) {
                    throw new MalformedException("record unpacks to more than " + maxBytes + " bytes");
                }
                crc.update(chunk, 0, bytes);
                out.write(chunk, 0, bytes);
            }
            int trailer = record.length - inflater.getRemaining();
            requireTrailer(record, trailer, crc.getValue(), inflater.getBytesWritten());
            return trailer + TRAILER;
        } catch (DataFormatException e) {
            throw new MalformedException("record is not a gzip member of lines", e);
        } finally {
            inflater.end();
        }
    }

    private static void requireHeader(byte[] record, int start) {
        if (record.length - start < HEADER.length + TRAILER) {
            throw new MalformedException("record is cut short");
        }
        boolean plain = record[start] == HEADER[0] && record[start + 1] == HEADER[1] && record[start + 2] == HEADER[2];
        if (!plain || record[start + 3] != 0) {
            throw new MalformedException("record is neither a zstd frame nor a gzip member without name and comment");
        }
    }

    private static void requireTrailer(byte[] record, int at, long crc, long length) {
        if (record.length - at < TRAILER) {
            throw new MalformedException("record is cut short");
        }
        var trailer = ByteBuffer.wrap(record, at, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != (int) crc || trailer.getInt() != (int) length) {
            throw new MalformedException("record is damaged: its check sum or length differs");
        }
    }
}
