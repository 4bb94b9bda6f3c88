package dev.sluice.tracker.web;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context: the client's if it is well formed, otherwise a fresh one. */
final class TraceParent {
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    static String of(@Nullable String header, RandomGenerator random) {
        if (header != null && FORM.matcher(header).matches()) {
            return header;
        }
        HexFormat hex = HexFormat.of();
        // Never all zeros, which would mean that there is no trace.
        return "00-" + hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }
}
