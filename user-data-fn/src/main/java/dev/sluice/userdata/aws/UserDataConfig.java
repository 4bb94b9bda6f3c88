package dev.sluice.userdata.aws;

import dev.sluice.model.Codec;
import dev.sluice.model.Ring;
import dev.sluice.userdata.redis.RedisServers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What the function must be told.
 *
 * @param eventsStream name of the Kinesis stream that it tells of changes ({@code SLUICE_EVENTS_STREAM})
 * @param codec how its records are compressed ({@code SLUICE_EVENTS_CODEC}, {@code SLUICE_EVENTS_CODEC_LEVEL}); as the
 *     tracker's, for the delivery to the lake puts both into one file
 * @param slotsPerRecord how many neighbouring slots stand at one place of the stream ({@code
 *     SLUICE_EVENTS_SLOTS_PER_RECORD}); as the tracker's
 * @param redis that holds people's data ({@code SLUICE_REDIS_URI}, and {@code SLUICE_REDIS_CLUSTER} whether that is a
 *     cluster, false if not set)
 * @param timeToLive how long a person's data lives after a write
 */
public record UserDataConfig(
        String eventsStream, Codec codec, int slotsPerRecord, RedisServers redis, Duration timeToLive) {
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    public static UserDataConfig of(Map<String, String> environment) {
        return new UserDataConfig(
                required(environment, "SLUICE_EVENTS_STREAM"),
                codec(environment),
                slotsPerRecord(environment),
                new RedisServers(required(environment, "SLUICE_REDIS_URI"), isCluster(environment), REDIS_TIMEOUT),
                Duration.ofDays(60));
    }

    private static boolean isCluster(Map<String, String> environment) {
        String value = environment.getOrDefault("SLUICE_REDIS_CLUSTER", "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("SLUICE_REDIS_CLUSTER is neither true nor false");
        }
        return value.equals("true");
    }

    private static Codec codec(Map<String, String> environment) {
        String name = environment.getOrDefault("SLUICE_EVENTS_CODEC", "zstd").toUpperCase(Locale.ROOT);
        for (Codec.Format format : Codec.Format.values()) {
            if (format.name().equals(name)) {
                return new Codec(format, number(environment, "SLUICE_EVENTS_CODEC_LEVEL", 1));
            }
        }
        throw new IllegalArgumentException("SLUICE_EVENTS_CODEC is neither zstd nor gzip");
    }

    private static int slotsPerRecord(Map<String, String> environment) {
        int slots = number(environment, "SLUICE_EVENTS_SLOTS_PER_RECORD", Ring.SLOTS_PER_RECORD);
        if (!Ring.mayShareARecord(slots)) {
            throw new IllegalArgumentException(
                    "SLUICE_EVENTS_SLOTS_PER_RECORD is " + slots + "; it must be 1, 2, 4 and so on up to 64");
        }
        return slots;
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String value = environment.getOrDefault(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number", e);
        }
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
        return "UserDataConfig[eventsStream=%s, codec=%s, slotsPerRecord=%d, redis=%s, timeToLive=%s]"
                .formatted(eventsStream, codec, slotsPerRecord, redis, timeToLive);
    }
}
