package dev.sluice.tracker.web;

import dev.sluice.tracker.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A body without its Content-Encoding, or why it cannot be had. */
sealed interface Unpacked {
    /** All of it. */
    record Whole(byte[] bytes) implements Unpacked {}

    /** None of it. */
    record Broken(Problem problem) implements Unpacked {}

    /** Below this a high ratio is only a short text that repeats itself. */
    int RATIO_COUNTS_FROM = 64 << 10;

    /**
     * How much a body may unpack to.
     *
     * @param bytes at most
     * @param ratio times its sent size at most, beyond {@link #RATIO_COUNTS_FROM}
     */
    record Bounds(int bytes, int ratio) {
        int of(int sentBytes) {
            return (int) Math.min(bytes, Math.max(RATIO_COUNTS_FROM, (long) ratio * sentBytes));
        }
    }

    /** Stops at the bounds, so that a bomb costs no more than an honest body. */
    static Unpacked of(byte[] sent, String encoding, Bounds bounds) {
        return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new Whole(sent);
            case "gzip", "x-gzip" -> gunzip(sent, bounds);
            default -> new Broken(new Problem("unsupported_encoding", "Content-Encoding must be gzip or absent"));
        };
    }

    private static Unpacked gunzip(byte[] sent, Bounds bounds) {
        int most = bounds.of(sent.length);
        try (InputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(sent), Math.clamp(sent.length, 64, 8192))) {
            byte[] bytes = gzip.readNBytes(most + 1);
            return bytes.length > most ? new Broken(Problem.bodyTooLarge(most)) : new Whole(bytes);
        } catch (IOException e) {
            return new Broken(new Problem("bad_gzip", "the body is not a whole gzip stream"));
        }
    }
}
