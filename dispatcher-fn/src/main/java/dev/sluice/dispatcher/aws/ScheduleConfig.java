package dev.sluice.dispatcher.aws;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Everything that can be set of the scheduled function, by its environment; times are ISO 8601.
 *
 * @param classifier {@code SLUICE_CLASSIFIER_URL}, http or https
 * @param lakeBucket {@code SLUICE_LAKE_BUCKET}
 * @param s3PathStyle {@code SLUICE_S3_PATH_STYLE}, whether the bucket's name stands in the path; default false
 * @param classifierTimeout {@code SLUICE_CLASSIFIER_TIMEOUT} of one call; default PT20S
 * @param dueFor {@code SLUICE_DUE_FOR}, how long one call acts on who is due: a little less than the schedule's period, or
 *     PT0S for one look; default PT50S
 * @param dueEvery {@code SLUICE_DUE_EVERY}, pause between two looks; default PT5S
 */
public record ScheduleConfig(
        URI classifier,
        String lakeBucket,
        boolean s3PathStyle,
        Duration classifierTimeout,
        Duration dueFor,
        Duration dueEvery) {
    /** @throws IllegalArgumentException naming the variable and what it may be */
    public static ScheduleConfig of(Map<String, String> environment) {
        return new ScheduleConfig(
                address(environment.getOrDefault("SLUICE_CLASSIFIER_URL", "")),
                required(environment, "SLUICE_LAKE_BUCKET"),
                Boolean.parseBoolean(environment.getOrDefault("SLUICE_S3_PATH_STYLE", "false")),
                duration(environment, "SLUICE_CLASSIFIER_TIMEOUT", "PT20S"),
                duration(environment, "SLUICE_DUE_FOR", "PT50S"),
                duration(environment, "SLUICE_DUE_EVERY", "PT5S"));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must be set");
        }
        return value;
    }

    private static URI address(String text) {
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw new IllegalArgumentException("SLUICE_CLASSIFIER_URL must be set and begin with http:// or https://");
        }
        return URI.create(text);
    }

    private static Duration duration(Map<String, String> environment, String name, String otherwise) {
        String text = environment.getOrDefault(name, otherwise);
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(Duration.ofMinutes(15)) > 0) {
                throw new IllegalArgumentException(name + " must be PT0S to PT15M, is " + text);
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " must be like PT20S", e);
        }
    }
}
