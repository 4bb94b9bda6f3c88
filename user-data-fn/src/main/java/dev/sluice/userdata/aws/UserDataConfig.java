package dev.sluice.userdata.aws;

import java.time.Duration;
import java.util.Map;

/**
 * What the function must be told.
 *
 * @param eventsStream name of the Kinesis stream that it tells of changes ({@code SLUICE_EVENTS_STREAM})
 * @param redisUri of the Redis that holds people's data ({@code SLUICE_REDIS_URI}); may hold a password
 * @param timeout of connecting to Redis and of each command
 * @param timeToLive how long a person's data lives after a write
 */
public record UserDataConfig(String eventsStream, String redisUri, Duration timeout, Duration timeToLive) {
    /** @throws IllegalArgumentException naming the variable that is missing */
    public static UserDataConfig of(Map<String, String> environment) {
        return new UserDataConfig(
                required(environment, "SLUICE_EVENTS_STREAM"),
                required(environment, "SLUICE_REDIS_URI"),
                Duration.ofSeconds(2),
                Duration.ofDays(60));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    @Override
    public String toString() {
        return "UserDataConfig[eventsStream=%s, timeout=%s, timeToLive=%s]"
                .formatted(eventsStream, timeout, timeToLive);
    }
}
