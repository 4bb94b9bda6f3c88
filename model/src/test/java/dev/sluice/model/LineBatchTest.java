package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises, of either codec and of both in one file: lines come back as they went in; records put end to end are still
 * one valid file; a small record cannot unpack to more than the reader allows; damage is told, never read as fewer lines.
 */
class LineBatchTest {
    private static final byte[] A = bytes("{\"a\":1}");
    private static final byte[] B = bytes("{\"b\":\"ü\"}");

    static Stream<Codec> codecs() {
        return Stream.of(Codec.GZIP, Codec.ZSTD, new Codec(Codec.Format.GZIP, 1), new Codec(Codec.Format.ZSTD, 5));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void linesComeBackAsTheyWentIn(Codec codec) {
        assertThat(LineBatch.decode(LineBatch.encode(List.of(A, B), codec), 1000))
                .containsExactly(A, B);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void recordsPutEndToEndAreOneFile(Codec codec) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(LineBatch.encode(List.of(A), codec));
        file.writeBytes(LineBatch.encode(List.of(B, A), codec));

        assertThat(LineBatch.decode(file.toByteArray(), 1000)).containsExactly(A, B, A);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void theBoundHoldsToTheByte(Codec codec) {
        byte[] record = LineBatch.encode(List.of(A), codec);

        assertThat(LineBatch.decode(record, A.length + 1)).containsExactly(A);
        assertThatThrownBy(() -> LineBatch.decode(record, A.length))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 7 bytes");
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aFileCutAnywhereButBetweenRecordsIsRefused(Codec codec) {
        byte[] first = LineBatch.encode(List.of(A, B), codec);
        byte[] file = endToEnd(first, LineBatch.encode(List.of(B), Codec.ZSTD));
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

    @ParameterizedTest
    @MethodSource("codecs")
    void aFileWithOneByteChangedIsRefusedOrReadsTheSame(Codec codec) {
        byte[] file = endToEnd(LineBatch.encode(List.of(A), codec), LineBatch.encode(List.of(B), codec));
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
    void batchesOfAnySizeComeBackFromTheSameThread() {
        var random = new SplittableRandom(20_261_121L);
        for (int size : new int[] {1, 10, 100_000, 3, 1_500_000, 2}) {
            byte[] line = new byte[size];
            random.nextBytes(line);
            for (int i = 0; i < line.length; i++) {
                line[i] |= 0x40;
            }
            for (Codec codec : codecs().toList()) {
                assertThat(LineBatch.decode(LineBatch.encode(List.of(line, A), codec), 1 << 22))
                        .containsExactly(line, A);
            }
        }
    }

    @Test
    void filesOfBothCodecsAreRead() {
        byte[] file = endToEnd(
                endToEnd(LineBatch.encode(List.of(A), Codec.ZSTD), LineBatch.encode(List.of(B), Codec.GZIP)),
                LineBatch.encode(List.of(B), Codec.ZSTD));

        assertThat(LineBatch.decode(file, 1000)).containsExactly(A, B, B);
    }

    @Test
    void theBoundIsOfAllFramesTogether() {
        byte[] one = LineBatch.encode(List.of(A), Codec.ZSTD);

        assertThat(LineBatch.decode(endToEnd(one, one), 2 * (A.length + 1))).hasSize(2);
        assertThatThrownBy(() -> LineBatch.decode(endToEnd(one, one), 2 * (A.length + 1) - 1))
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aFileIsReadOneMemberAfterTheOtherEachWithinTheBound(Codec codec) {
        byte[] file = endToEnd(LineBatch.encode(List.of(A), codec), LineBatch.encode(List.of(B), Codec.GZIP));
        var lines = new ArrayList<byte[]>();

        int second = LineBatch.decodeOne(file, 0, B.length + 1, lines);

        assertThat(lines).containsExactly(A);
        assertThat(LineBatch.decodeOne(file, second, B.length + 1, lines)).isEqualTo(file.length);
        assertThat(lines).containsExactly(A, B);
        assertThatThrownBy(() -> LineBatch.decodeOne(file, second, B.length, lines))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aFormatIsKnownByItsFirstBytes() {
        assertThat(LineBatch.isKnown(LineBatch.encode(List.of(A), Codec.GZIP))).isTrue();
        assertThat(LineBatch.isKnown(LineBatch.encode(List.of(A), Codec.ZSTD))).isTrue();
        assertThat(LineBatch.isKnown(A)).isFalse();
        assertThat(LineBatch.isKnown(new byte[0])).isFalse();
    }

    @Test
    void aLevelThatTheFormatDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> new Codec(Codec.Format.GZIP, 10))
                .hasMessage("codec-level is 10; of GZIP it must be from 1 to 9");
    }

    @Test
    void whatIsNeitherIsRefused() {
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
