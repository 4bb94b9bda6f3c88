package dev.sluice.userdata.aws;

import java.time.Duration;
import java.util.Map;

/**
 * What the function must be told.
 *
 * @param redisUri of the Redis that holds people's data ({@code SLUICE_REDIS_URI}); may hold a password
 * @param timeout of connecting to it and of each command
 * @param timeToLive how long a person's data lives after a write
 */
public record UserDataConfig(String redisUri, Duration timeout, Duration timeToLive) {
    /** @throws IllegalArgumentException naming the variable that is missing */
    public static UserDataConfig of(Map<String, String> environment) {
        String uri = environment.getOrDefault("SLUICE_REDIS_URI", "");
        if (uri.isBlank()) {
            throw new IllegalArgumentException("SLUICE_REDIS_URI is not set");
        }
        return new UserDataConfig(uri, Duration.ofSeconds(2), Duration.ofDays(60));
    }

    @Override
    public String toString() {
        return "UserDataConfig[timeout=%s, timeToLive=%s]".formatted(timeout, timeToLive);
    }
}
