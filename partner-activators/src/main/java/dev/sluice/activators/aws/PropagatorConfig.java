package dev.sluice.activators.aws;

import dev.sluice.activators.Environment;

/**
 * What the propagator must be told.
 *
 * @param activationsStream name of the Kinesis stream that it writes ({@code SLUICE_ACTIVATIONS_STREAM})
 * @param lakeBucket S3 bucket for what it sets aside ({@code SLUICE_LAKE_BUCKET})
 * @param s3PathStyle whether the bucket's name goes into the path ({@code SLUICE_S3_PATH_STYLE}, false if not set)
 */
public record PropagatorConfig(String activationsStream, String lakeBucket, boolean s3PathStyle) {
    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    public static PropagatorConfig of(Environment environment) {
        return new PropagatorConfig(
                environment.required("SLUICE_ACTIVATIONS_STREAM"),
                environment.required("SLUICE_LAKE_BUCKET"),
                environment.flag("SLUICE_S3_PATH_STYLE"));
    }
}
