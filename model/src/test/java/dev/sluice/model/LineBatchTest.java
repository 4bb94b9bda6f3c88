package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises: lines come back as they went in; records put end to end are still one valid file; a small record cannot
 * unpack to more than the reader allows; damage is told, never read as fewer lines.
 */
class LineBatchTest {
    private static final byte[] A = bytes("{\"a\":1}");
    private static final byte[] B = bytes("{\"b\":\"ü\"}");

    @Test
    void linesComeBackAsTheyWentIn() {
        assertThat(LineBatch.decode(LineBatch.encode(List.of(A, B)), 1000)).containsExactly(A, B);
    }

    @Test
    void recordsPutEndToEndAreOneFile() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(LineBatch.encode(List.of(A)));
        file.writeBytes(LineBatch.encode(List.of(B, A)));

        assertThat(LineBatch.decode(file.toByteArray(), 1000)).containsExactly(A, B, A);
    }

    @Test
    void theBoundHoldsToTheByte() {
        byte[] record = LineBatch.encode(List.of(A));

        assertThat(LineBatch.decode(record, A.length + 1)).containsExactly(A);
        assertThatThrownBy(() -> LineBatch.decode(record, A.length))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 7 bytes");
    }

    @Test
    void aFileCutAnywhereButBetweenRecordsIsRefused() {
        byte[] first = LineBatch.encode(List.of(A, B));
        byte[] file = endToEnd(first, LineBatch.encode(List.of(B)));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length == first.length) {
                assertThat(LineBatch.decode(cut, 1000)).containsExactly(A, B);
            } else {
                assertThatThrownBy(() -> LineBatch.decode(cut, 1000))
                        .as("cut at %d", length)
                        .isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void aFileWithOneByteChangedIsRefusedOrReadsTheSame() {
        byte[] file = endToEnd(LineBatch.encode(List.of(A)), LineBatch.encode(List.of(B)));
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= 0x55;
            try {
                // Time, level and operating system of a header say nothing of the lines.
                assertThat(LineBatch.decode(damaged, 1000)).as("byte %d", at).containsExactly(A, B);
            } catch (MalformedException told) {
                assertThat(told).hasMessageStartingWith("record");
            }
        }
    }

    @Test
    void whatIsNotGzipIsRefused() {
        assertThatThrownBy(() -> LineBatch.decode(A, 1000)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> LineBatch.decode(new byte[0], 1000)).isInstanceOf(MalformedException.class);
    }

    private static byte[] endToEnd(byte[] one, byte[] other) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(one);
        file.writeBytes(other);
        return file.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
