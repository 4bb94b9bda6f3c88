package dev.sluice.tracker.command;

import picocli.CommandLine.Option;

/** Which bucket. */
final class LakeOptions {
    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            defaultValue = "${env:SLUICE_LAKE_BUCKET:-sluice-lake}",
            description = "The lake (default ${DEFAULT-VALUE}; SLUICE_LAKE_BUCKET).")
    @SuppressWarnings("NullAway.Init") // It has a default.
    private String bucket;

    @Option(
            names = "--path-style",
            defaultValue = "${env:SLUICE_S3_PATH_STYLE:-false}",
            description = "The bucket in the path, for servers on one machine (SLUICE_S3_PATH_STYLE).")
    private boolean pathStyle;

    Lakes.Lake open(Lakes lakes) {
        return lakes.open(bucket, pathStyle);
    }
}
