package dev.sluice.tracker.command;

import dev.sluice.model.Codec;
import dev.sluice.tracker.BatchBounds;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How events are made into records: the tracker's settings of {@code sluice.tracker.batch}, by the same names and defaults. */
final class BatchOptions {
    /** What no command needs: it does not collect events of requests. */
    private static final long PENDING_BYTES = 64 << 20;

    @Option(
            names = "--codec",
            paramLabel = "zstd|gzip",
            defaultValue = "${env:SLUICE_TRACKER_BATCH_CODEC:-${env:SLUICE_EVENTS_CODEC:-zstd}}",
            description = "As the trackers': one file of the lake has one (default ${DEFAULT-VALUE};"
                    + " SLUICE_TRACKER_BATCH_CODEC).")
    @SuppressWarnings("NullAway.Init") // It has a default.
    private String codec;

    @Option(
            names = "--codec-level",
            paramLabel = "N",
            defaultValue = "${env:SLUICE_TRACKER_BATCH_CODECLEVEL:-${env:SLUICE_EVENTS_CODEC_LEVEL:-1}}",
            description = "Of zstd 1 to 19, of gzip 1 to 9 (default ${DEFAULT-VALUE}).")
    private int codecLevel;

    @Option(
            names = "--slots-per-record",
            paramLabel = "N",
            defaultValue = "${env:SLUICE_TRACKER_BATCH_SLOTSPERRECORD:-${env:SLUICE_EVENTS_SLOTS_PER_RECORD:-16}}",
            description = "As the trackers', else a person's events take two shards (default ${DEFAULT-VALUE}).")
    private int slotsPerRecord;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "${env:SLUICE_TRACKER_BATCH_EVENTS:-500}",
            description = "Most of a record (default ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "${env:SLUICE_TRACKER_BATCH_BYTES:-524288}",
            description = "Most of a record before it is compressed (default ${DEFAULT-VALUE}).")
    private int bytes;

    /** @throws IllegalArgumentException if one is out of its range */
    BatchBounds bounds() {
        Codec.Format format = switch (codec.toLowerCase(Locale.ROOT)) {
            case "zstd" -> Codec.Format.ZSTD;
            case "gzip" -> Codec.Format.GZIP;
            default -> throw new IllegalArgumentException("--codec must be zstd or gzip");
        };
        return new BatchBounds(events, bytes, Duration.ZERO, PENDING_BYTES, 1, format, codecLevel, slotsPerRecord, 0);
    }
}
