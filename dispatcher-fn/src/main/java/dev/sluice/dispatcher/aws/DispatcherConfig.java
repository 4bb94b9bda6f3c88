package dev.sluice.dispatcher.aws;

import dev.sluice.model.rules.RuleSetReport;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Everything that can be set, by the function's environment.
 *
 * @param classifier {@code SLUICE_CLASSIFIER_URL}, http or https
 * @param ruleSetsBucket {@code SLUICE_RULE_SETS_BUCKET}
 * @param lakeBucket {@code SLUICE_LAKE_BUCKET}
 * @param s3PathStyle {@code SLUICE_S3_PATH_STYLE}, whether the bucket's name stands in the path; default false
 * @param classifierTimeout {@code SLUICE_CLASSIFIER_TIMEOUT} of one call, ISO 8601, 100 ms to 5 min; default PT20S. The
 *     function's own must leave room for a few of them
 * @param instance {@code AWS_LAMBDA_LOG_STREAM_NAME}, which Lambda sets: names the environment in reports
 */
public record DispatcherConfig(
        URI classifier,
        String ruleSetsBucket,
        String lakeBucket,
        boolean s3PathStyle,
        Duration classifierTimeout,
        String instance) {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException naming the variable and what it may be */
    public DispatcherConfig {
        String scheme = String.valueOf(classifier.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("SLUICE_CLASSIFIER_URL must begin with http:// or https://");
        }
        if (classifierTimeout.compareTo(LEAST) < 0 || classifierTimeout.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "SLUICE_CLASSIFIER_TIMEOUT must be " + LEAST + " to " + MOST + ", is " + classifierTimeout);
        }
    }

    /** Reads it. */
    public static DispatcherConfig of(Map<String, String> environment) {
        return new DispatcherConfig(
                address(required(environment, "SLUICE_CLASSIFIER_URL")),
                required(environment, "SLUICE_RULE_SETS_BUCKET"),
                required(environment, "SLUICE_LAKE_BUCKET"),
                flag(environment.getOrDefault("SLUICE_S3_PATH_STYLE", "false")),
                duration(environment.getOrDefault("SLUICE_CLASSIFIER_TIMEOUT", "PT20S")),
                RuleSetReport.instanceName(environment.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", "")));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must be set");
        }
        return value;
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SLUICE_CLASSIFIER_URL must be an address", e);
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("SLUICE_S3_PATH_STYLE must be true or false");
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("SLUICE_CLASSIFIER_TIMEOUT must be like PT20S", e);
        }
    }
}
