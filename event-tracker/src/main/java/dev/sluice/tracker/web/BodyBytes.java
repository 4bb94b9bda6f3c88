package dev.sluice.tracker.web;

import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The body of a request, received and unpacked within the limits, or why not. */
sealed interface BodyBytes {
    /** All of it. */
    record Whole(byte[] bytes) implements BodyBytes {}

    /** It cannot be had; {@code soFar} is what came of it. */
    record Broken(Problem problem, byte[] soFar) implements BodyBytes {}

    /** Reads to the end or to the limit, whichever comes first; never holds more than twice the limit. */
    static BodyBytes read(HttpServletRequest request, Limits limits) {
        byte[] sent;
        try {
            if (request.getContentLengthLong() > limits.bodyBytes()) {
                return new Broken(Problem.bodyTooLarge(limits.bodyBytes()), new byte[0]);
            }
            sent = request.getInputStream().readNBytes(limits.bodyBytes() + 1);
        } catch (IOException e) {
            return new Broken(Problem.bodyCutShort(), new byte[0]);
        }
        if (sent.length > limits.bodyBytes()) {
            return new Broken(Problem.bodyTooLarge(limits.bodyBytes()), sent);
        }
        String encoding = request.getHeader("Content-Encoding");
        return switch (encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> new Whole(sent);
            case "gzip", "x-gzip" -> unpack(sent, limits);
            default -> new Broken(new Problem("unsupported_encoding", "Content-Encoding must be gzip or absent"), sent);
        };
    }

    /** Stops at the limit, so a bomb costs no more than an honest body. */
    private static BodyBytes unpack(byte[] sent, Limits limits) {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            byte[] bytes = gzip.readNBytes(limits.bodyBytes() + 1);
            return bytes.length > limits.bodyBytes()
                    ? new Broken(Problem.bodyTooLarge(limits.bodyBytes()), sent)
                    : new Whole(bytes);
        } catch (IOException e) {
            return new Broken(new Problem("bad_gzip", "the body is not a whole gzip stream"), sent);
        }
    }
}
