package dev.sluice.model;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Cleaner;
import java.util.Arrays;

/**
 * One zstd frame that states its size and has a check sum (RFC 8878). Thread-safe. The native library is loaded when a
 * frame is first written or read: who meets only gzip never needs it.
 */
final class ZstdFrame {
    private static final byte[] MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private ZstdFrame() {}

    /** In a class of its own, so that recognizing a frame does not load the library. */
    private static final class Press {
        /** A context takes longer to set up than a small batch to compress. */
        private static final ThreadLocal<Press> OF_THREAD = ThreadLocal.withInitial(Press::of);

        /** Frees the memory outside of the heap when a thread is gone. */
        private static final Cleaner CLEANER = Cleaner.create();

        private final ZstdCompressCtx context;
        private byte[] out = {};

        private Press(ZstdCompressCtx context) {
            this.context = context;
        }

        private static Press of() {
            var context = new ZstdCompressCtx().setChecksum(true).setContentSize(true);
            var press = new Press(context);
            var unused = CLEANER.register(press, context::close);
            return press;
        }
    }

    static byte[] encode(byte[] bytes, int length, int level) {
        Press press = Press.OF_THREAD.get();
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (press.out.length < most) {
            press.out = new byte[most];
        }
        press.context.setLevel(level);
        int written = press.context.compressByteArray(press.out, 0, press.out.length, bytes, 0, length);
        return Arrays.copyOf(press.out, written);
    }

    static boolean beginsAt(byte[] record, int start) {
        return record.length - start >= MAGIC.length
                && Arrays.equals(record, start, start + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Unpacks the frame that begins at {@code start}; where it ends. */
    static int decode(byte[] record, int start, ByteArrayOutputStream out, int maxBytes) {
        long size = Zstd.getFrameContentSize(record, start, record.length - start);
        if (size < 0) {
            throw new MalformedException("record is cut short, or a zstd frame that does not state its size");
        }
        // Before anything is unpacked, so that a small frame cannot claim much memory.
        if (size > maxBytes - out.size()) {
            throw new MalformedException("record unpacks to more than " + maxBytes + " bytes");
        }
        try {
            long length = Zstd.findFrameCompressedSize(record, start, record.length - start);
            byte[] lines = new byte[(int) size];
            long unpacked = Zstd.decompressByteArray(lines, 0, lines.length, record, start, (int) length);
            if (unpacked != size) {
                throw new MalformedException("record is damaged: its length differs");
            }
            out.write(lines, 0, lines.length);
            return start + (int) length;
        } catch (ZstdException e) {
            throw new MalformedException("record is cut short, damaged or not a zstd frame of lines", e);
        }
    }
}
