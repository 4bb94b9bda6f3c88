package dev.sluice.activators.command;

import java.time.Instant;
import picocli.CommandLine.Option;

/** The options of a command that say from when to when it looks. */
final class Span {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            description = "Since: a moment in UTC, or how long ago (24h).")
    private String from = "";

    @Option(names = "--to", paramLabel = "T", defaultValue = "0s", description = "Before (default: now).")
    private String to = "0s";

    /** Its first moment. */
    Instant begin(Instant now) {
        return Operated.moment("--from", from, now);
    }

    /** The moment before which it ends; what happened just now is still in it. */
    Instant end(Instant now) {
        return Operated.moment("--to", to, now.plusMillis(1));
    }
}
