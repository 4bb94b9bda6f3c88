package dev.sluice.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;

/**
 * Many records in one: newline-ended JSON lines compressed as one gzip member with no header of our own, so that
 * Firehose can put records end to end and the file is still valid gzip. Stateless; used on both Kinesis streams.
 */
public final class LineBatch {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private LineBatch() {}

    /**
     * Compresses lines into one member.
     *
     * @param lines JSON texts without line breaks, not empty
     */
    public static byte[] encode(List<byte[]> lines) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var gzip = new GZIPOutputStream(bytes, 8192)) {
            for (byte[] line : lines) {
                gzip.write(line);
                gzip.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("gzip to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads lines back, from one member or several put end to end. Empty lines are passed over.
     *
     * @param maxBytes what the lines may come to when unpacked, so that a small record cannot fill the memory
     * @throws MalformedException if the bytes are not gzip, are cut short, or unpack to more than {@code maxBytes}
     */
    public static List<byte[]> decode(byte[] record, int maxBytes) {
        var lines = new ArrayList<byte[]>();
        byte[] all = inflate(record, maxBytes);
        int start = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == '\n') {
                if (i > start) {
                    lines.add(Arrays.copyOfRange(all, start, i));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    /** The JDK's own stream takes a damaged second member for the end of the file; here every byte must belong to one. */
    private static byte[] inflate(byte[] record, int maxBytes) {
        var out = new ByteArrayOutputStream(Math.min(maxBytes, Math.max(1024, 8 * record.length)));
        int at = 0;
        do {
            at = member(record, at, out, maxBytes);
        } while (at < record.length);
        return out.toByteArray();
    }

    /** Unpacks the member that begins at {@code start}; where the next one begins. */
    private static int member(byte[] record, int start, ByteArrayOutputStream out, int maxBytes) {
        requireHeader(record, start);
        var inflater = new Inflater(true);
        var crc = new CRC32();
        var chunk = new byte[8192];
        try {
            inflater.setInput(record, start + HEADER, record.length - start - HEADER);
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
        if (record.length - start < HEADER + TRAILER) {
            throw new MalformedException("record is cut short");
        }
        boolean plain = record[start] == 0x1f && (record[start + 1] & 0xff) == 0x8b && record[start + 2] == 8;
        if (!plain || record[start + 3] != 0) {
            throw new MalformedException("record is not a gzip member without name and comment");
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
