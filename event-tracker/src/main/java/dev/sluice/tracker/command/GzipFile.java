package dev.sluice.tracker.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A gzip file unpacked, of one member or several put end to end (RFC 1952). Every byte of it must belong to a member: the
 * JDK's own stream takes whatever goes wrong where the next one begins, even a failure of the disk, for the end of the file.
 * Throws {@link ZipException} if the file is damaged or cut short. Used by one thread.
 */
final class GzipFile extends InputStream {
    private static final int BUFFER = 64 << 10;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECK_SUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;
    /** Modification time, what the compressor was told, and the system that it ran on. */
    private static final int UNUSED = 6;

    private final InputStream in;
    private final byte[] packed = new byte[BUFFER];
    private int at;
    private int end;
    private @Nullable Inflater member;
    private final CRC32 crc = new CRC32();

    /** @throws IOException if it does not begin with a member */
    GzipFile(InputStream in) throws IOException {
        this.in = in;
        this.member = begin();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (member != null) {
            int bytes = inflate(member, into, offset, length);
            if (bytes > 0) {
                crc.update(into, offset, bytes);
                return bytes;
            }
            if (member.finished()) {
                end(member);
                member = hasMore() ? begin() : null;
            }
        }
        return -1;
    }

    private int inflate(Inflater inflater, byte[] into, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            require(hasMore());
            inflater.setInput(packed, at, end - at);
        }
        try {
            int bytes = inflater.inflate(into, offset, length);
            at = end - inflater.getRemaining();
            if (inflater.needsDictionary()) {
                throw damaged();
            }
            return bytes;
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private Inflater begin() throws IOException {
        crc.reset();
        if (two() != MAGIC || one() != DEFLATE) {
            throw damaged();
        }
        int flags = one();
        skip(UNUSED);
        if ((flags & HAS_EXTRA) != 0) {
            skip(two());
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        int sum = (int) crc.getValue() & 0xffff;
        if ((flags & RESERVED) != 0 || (flags & HAS_CHECK_SUM) != 0 && two() != sum) {
            throw damaged();
        }
        crc.reset();
        return new Inflater(true);
    }

    private void end(Inflater inflater) throws IOException {
        int sum = (int) crc.getValue();
        int length = (int) inflater.getBytesWritten();
        inflater.end();
        if ((two() | two() << 16) != sum || (two() | two() << 16) != length) {
            throw damaged();
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            one();
        }
    }

    private void skipText() throws IOException {
        while (one() != 0) {
            // Its end is a zero.
        }
    }

    private int two() throws IOException {
        return one() | one() << 8;
    }

    private int one() throws IOException {
        require(hasMore());
        int one = packed[at++] & 0xff;
        crc.update(one);
        return one;
    }

    private boolean hasMore() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(packed));
        }
        return at < end;
    }

    private static void require(boolean more) throws ZipException {
        if (!more) {
            throw new ZipException("it is cut short");
        }
    }

    private static ZipException damaged() {
        return new ZipException("it is damaged, or not of gzip members alone");
    }

    @Override
    public void close() throws IOException {
        if (member != null) {
            member.end();
            member = null;
        }
        in.close();
    }
}
