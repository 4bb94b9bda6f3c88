package dev.sluice.classifier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set of the answers to apps, under {@code sluice.reading}; an unknown key there stops the start.
 *
 * @param keysPoll how often newer read keys are looked for, 100 ms to 10 s: a revoked one is refused within this and the time
 *     of two requests to S3
 * @param tokensSecretFile file with the secrets that sign tokens, one a line; empty: none are issued
 * @param requestsPerSecond of one key, and as many of its tokens together, 1 to 1,000,000; twice as many at once
 * @param maxConcurrent questions at once, 1 to 1,024; more are answered 503
 */
@ConfigurationProperties(prefix = "sluice.reading", ignoreUnknownFields = false)
public record ReadingSettings(Duration keysPoll, String tokensSecretFile, int requestsPerSecond, int maxConcurrent) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException naming the key, what it is and what it may be */
    public ReadingSettings {
        check(
                keysPoll.compareTo(SHORTEST) >= 0 && keysPoll.compareTo(LONGEST) <= 0,
                "keys-poll must be " + SHORTEST + " to " + LONGEST + ", is " + keysPoll);
        check(
                requestsPerSecond >= 1 && requestsPerSecond <= 1_000_000,
                "requests-per-second must be 1 to 1000000, is " + requestsPerSecond);
        check(maxConcurrent >= 1 && maxConcurrent <= 1_024, "max-concurrent must be 1 to 1024, is " + maxConcurrent);
    }

    /** The file of the secrets, if there is one. */
    public Optional<Path> secrets() {
        return tokensSecretFile.isBlank() ? Optional.empty() : Optional.of(Path.of(tokensSecretFile));
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("sluice.reading." + problem);
        }
    }
}
