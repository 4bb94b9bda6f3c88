package dev.sluice.rules;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything that can be set, under {@code sluice.rules}; an unknown key there stops the start.
 *
 * @param ruleSetsBucket S3 bucket of the published rule sets
 * @param s3PathStyle whether the bucket's name stands in the path, for S3-compatible servers
 * @param tokenFile file with the bearer token of those who publish, read once at the start
 * @param awsTimeout of one attempt of a request to S3 or DynamoDB, 50 ms to 30 s; a call takes three times that at most
 * @param publishAttempts numbers tried while others take them, 1 to 100
 * @param maxBody bytes of any body, up to 16 MiB: some 20,000 segments
 * @param ruleSetsTable DynamoDB table of drafts and of what is known of publications
 * @param maxDraft bytes of a draft's segments, up to 300 KiB: an item of the table holds 400 KB
 * @param maxDrafts of one account, 1 to 1000
 */
@ConfigurationProperties(prefix = "sluice.rules", ignoreUnknownFields = false)
public record RulesSettings(
        String ruleSetsBucket,
        boolean s3PathStyle,
        String tokenFile,
        Duration awsTimeout,
        int publishAttempts,
        int maxBody,
        String ruleSetsTable,
        int maxDraft,
        int maxDrafts) {
    /** @throws IllegalArgumentException naming the key, what it is and what it may be */
    public RulesSettings {
        check(!ruleSetsBucket.isBlank(), "rule-sets-bucket must not be empty");
        check(!tokenFile.isBlank(), "token-file must name a file; set SLUICE_RULES_TOKEN_FILE");
        check(
                awsTimeout.compareTo(Duration.ofMillis(50)) >= 0 && awsTimeout.compareTo(Duration.ofSeconds(30)) <= 0,
                "aws-timeout must be PT0.05S to PT30S, is " + awsTimeout);
        within("publish-attempts", publishAttempts, 100);
        within("max-body", maxBody, 16 << 20);
        check(!ruleSetsTable.isBlank(), "rule-sets-table must not be empty");
        within("max-draft", maxDraft, 300 << 10);
        within("max-drafts", maxDrafts, 1000);
    }

    /** The file of {@link #tokenFile}. */
    Path tokenPath() {
        return Path.of(tokenFile);
    }

    private static void within(String key, int value, int most) {
        check(value >= 1 && value <= most, key + " must be 1 to " + most + ", is " + value);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("sluice.rules." + problem);
        }
    }
}
