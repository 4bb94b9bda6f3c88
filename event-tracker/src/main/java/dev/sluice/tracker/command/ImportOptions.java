package dev.sluice.tracker.command;

import dev.sluice.tracker.bulk.Mapping;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of an import. */
final class ImportOptions {
    @Option(
            names = "--tracker",
            paramLabel = "URL",
            defaultValue = "${env:SLUICE_TRACKER_URL:-http://127.0.0.1:7100}",
            description = "Address of the tracker (default ${DEFAULT-VALUE}; SLUICE_TRACKER_URL).")
    @SuppressWarnings("NullAway.Init") // It has a default.
    private URI tracker;

    @Option(
            names = "--write-key-file",
            paramLabel = "F",
            defaultValue = "${env:SLUICE_WRITE_KEY_FILE:-write-key}",
            description = "File whose first line is the write key (default ${DEFAULT-VALUE}; SLUICE_WRITE_KEY_FILE).")
    @SuppressWarnings("NullAway.Init") // It has a default.
    private Path writeKeyFile;

    @Option(
            names = "--format",
            paramLabel = "csv|ndjson",
            description = "How rows are written; else by the file's name.")
    private @Nullable String format;

    @Option(names = "--separator", paramLabel = "C", defaultValue = ",", description = "Of CSV's fields (default ,).")
    private char separator;

    @Option(
            names = "--mapping",
            paramLabel = "F",
            description = "What the columns mean, as JSON; else columns are named like userId and traits.age:number.")
    private @Nullable Path mapping;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Of rows that do not say it: track, identify, page, screen, group or alias.")
    private @Nullable String type;

    @Option(names = "--dry-run", description = "Let the tracker judge every row and store nothing.")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "N", description = "Rows a second at most.")
    private @Nullable Double rate;

    @Option(names = "--report", paramLabel = "F", description = "Result as JSON (default NAME.report.json).")
    private @Nullable Path report;

    @Option(
            names = "--rejected",
            paramLabel = "F",
            description = "Rejected rows with line, code and reason (default NAME.rejected.ndjson).")
    private @Nullable Path rejected;

    @Option(names = "--resume", description = "Go on where an import that was interrupted had come to, if one was.")
    private boolean resume;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long one batch is tried while the tracker has no room (default ${DEFAULT-VALUE}).")
    private int giveUpAfterSeconds;

    @Option(
            names = "--path-style",
            defaultValue = "${env:SLUICE_S3_PATH_STYLE:-false}",
            description = "The bucket in the path: for S3-compatible servers (SLUICE_S3_PATH_STYLE).")
    private boolean s3PathStyle;

    URI tracker() {
        if (tracker.getHost() == null || !String.valueOf(tracker.getScheme()).matches("https?")) {
            throw Failure.wrongUse("--tracker must be an address like https://events.example.com");
        }
        return tracker;
    }

    String writeKey() {
        return WriteKeyFile.read(writeKeyFile);
    }

    RowFile.Format format(String file) {
        if (format == null) {
            return RowFile.Format.ofName(file);
        }
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "csv" -> RowFile.Format.CSV;
            case "ndjson", "jsonl" -> RowFile.Format.NDJSON;
            default -> throw Failure.wrongUse("--format must be csv or ndjson");
        };
    }

    char separator() {
        return separator;
    }

    /** What the mapping is in text, as part of what an import is. */
    String mappingText() {
        return (mapping == null ? "" : text(mapping)) + "|" + type;
    }

    Mapping mapping() {
        try {
            Mapping read = mapping == null
                    ? Mapping.BY_NAME
                    : Mapping.read(text(mapping).getBytes(StandardCharsets.UTF_8));
            return type == null ? read : read.withType(type);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("--mapping " + mapping + ": " + e.getMessage());
        }
    }

    boolean dryRun() {
        return dryRun;
    }

    double rowsPerSecond() {
        if (rate != null && !(rate > 0)) {
            throw Failure.wrongUse("--rate must be above 0");
        }
        return rate == null ? Double.POSITIVE_INFINITY : rate;
    }

    Path report(String file) {
        return Optional.ofNullable(report)
                .orElseGet(() -> Path.of(lastName(file) + (dryRun ? ".dry-run" : "") + ".report.json"));
    }

    Path rejected(String file) {
        return Optional.ofNullable(rejected)
                .orElseGet(() -> Path.of(lastName(file) + (dryRun ? ".dry-run" : "") + ".rejected.ndjson"));
    }

    boolean resume() {
        return resume;
    }

    Duration giveUpAfter() {
        return Duration.ofSeconds(Math.max(0, giveUpAfterSeconds));
    }

    boolean s3PathStyle() {
        return s3PathStyle;
    }

    private static String lastName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be read");
        }
    }
}
