package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/**
 * Promises: all members are unpacked, whatever their headers say and however the file comes in; whatever is damaged, cut short, no
 * member, or cannot be read is never taken for the end.
 */
final class GzipFileTest {
    private static final byte[] LARGE = random(300_000);

    @Test
    void allMembersAreUnpackedHoweverTheyCome() throws IOException {
        byte[] file = joined(gzip(text("a")), gzip(LARGE), gzip(new byte[0]), withHeader(gzip(text("b"))));

        byte[] expected = joined(text("a"), LARGE, text("b"));
        assertThat(unpacked(new ByteArrayInputStream(file))).isEqualTo(expected);
        assertThat(unpacked(byteByByte(file))).isEqualTo(expected);
        try (var byByte = new GzipFile(new ByteArrayInputStream(gzip(new byte[] {-1})))) {
            assertThat(new int[] {byByte.read(), byByte.read(), byByte.read()}).containsExactly(255, -1, -1);
        }
    }

    @Test
    void noFileThatIsCutShortIsTakenForWhole() throws IOException {
        byte[] first = gzip(text("a"));
        byte[] file = joined(first, withHeader(gzip(text("bc"))));
        for (int length = 0; length < file.length; length++) {
            if (length != first.length) {
                assertDamaged(Arrays.copyOf(file, length));
            }
        }
    }

    @Test
    void noDamageIsTakenForTheEnd() throws IOException {
        byte[] first = gzip(text("a"));
        byte[] second = withHeader(gzip(text("bc")));
        for (int place = 0; place < second.length; place++) {
            byte[] file = joined(first, second);
            file[first.length + place] ^= (byte) 0xff;

            assertDamaged(file);
        }
        assertDamaged(joined(first, new byte[512]));
        assertDamaged(joined(first, text("and so on")));
        assertDamaged(text("userId,type\n"));
    }

    @Test
    void aFailureOfTheDiskBetweenMembersIsNotTakenForTheEnd() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };

        assertThatThrownBy(() -> unpacked(new SequenceInputStream(new ByteArrayInputStream(gzip(LARGE)), failing)))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
    }

    private static void assertDamaged(byte[] file) {
        assertThatThrownBy(() -> unpacked(new ByteArrayInputStream(file))).isInstanceOf(ZipException.class);
    }

    private static byte[] unpacked(InputStream file) throws IOException {
        try (var gzip = new GzipFile(file)) {
            return gzip.readAllBytes();
        }
    }

    /** A stream that says nothing of what is left, and gives as little as it may. */
    private static InputStream byteByByte(byte[] file) {
        return new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    /** The same member with all that a header may have. */
    private static byte[] withHeader(byte[] member) {
        byte[] header = joined(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0},
                new byte[] {3, 0, 'x', 0, 'y'},
                text("name\0comment\0"));
        var sum = new CRC32();
        sum.update(header);
        byte[] ending = {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)};
        return joined(header, ending, Arrays.copyOfRange(member, 10, member.length));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int bytes) {
        byte[] all = new byte[bytes];
        new Random(7).nextBytes(all);
        return all;
    }
}
