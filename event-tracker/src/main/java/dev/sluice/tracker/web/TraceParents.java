package dev.sluice.tracker.web;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * W3C trace context: the client's if it is well formed, otherwise a fresh one. As thread-safe as its source of
 * randomness.
 *
 * <p>A fresh one stands in every event of its request, and what is random does not pack: 24 random bytes were an eighth
 * of what a packed event took. So only 8 are random. The first half of a trace's id is this process', and the span has the
 * second half for its id. The trace is still the only one of its id, and whoever samples by an id looks at its random end.
 */
public final class TraceParents {
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final RandomGenerator random;
    private final String beginning;

    /** @param random gives this process what its traces' ids begin with, and each its own half */
    public TraceParents(RandomGenerator random) {
        this.random = random;
        this.beginning = "00-" + HexFormat.of().toHexDigits(random.nextLong());
    }

    /** @param header what the client says, if anything */
    public String of(@Nullable String header) {
        if (header != null && FORM.matcher(header).matches()) {
            return header;
        }
        long fresh = random.nextLong();
        // All zeros would mean that there is no trace.
        String id = HexFormat.of().toHexDigits(fresh == 0 ? 1 : fresh);
        return beginning + id + "-" + id + "-01";
    }
}
