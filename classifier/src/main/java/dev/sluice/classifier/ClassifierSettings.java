package dev.sluice.classifier;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be set, under {@code sluice.classifier}; an unknown key there stops the start.
 *
 * @param profilesTable DynamoDB table of the profiles
 * @param identitiesTable DynamoDB table of who goes by whom
 * @param ruleSetsBucket S3 bucket of the published rule sets
 * @param s3PathStyle whether the bucket's name stands in the path, for S3-compatible servers
 * @param redisUri {@code redis://host:port} or {@code rediss://host:port}
 * @param redisCluster whether that is a cluster (by one of its nodes, or the name under which they are found)
 * @param accounts without whose rule sets the classifier is not ready; others are met in traffic
 * @param rulesPoll how often newer rule sets are looked for, 100 ms to 10 min; a new one runs within this and three
 *     seconds
 * @param rulesDirectory where the last good rule sets are kept for a start without S3; made if it is not there
 * @param maxShare of the recent observations that a segment of a new rule set may take, 0.01 to 1; with 1 no rule set is
 *     refused for that
 * @param stateTimeToLive how long a person's state stays at least after its last event, 1 to 500 days; an eighth longer in the
 *     store ({@link Lifetime}); shorter than the longest window of a rule ({@code RuleLimits.MAX_WINDOW}), what the window
 *     reaches may be forgotten
 * @param redisTimeout of one round trip, 10 ms to 10 s
 * @param awsTimeout of one attempt of a request to AWS, 50 ms to 30 s; a call takes three times that at most
 * @param classifyWithin after which a classification begins no step any more, 100 ms to 5 min; it then ends within three
 *     times {@code awsTimeout}, and who waits for it should wait that much longer
 * @param profileRequests requests to DynamoDB under way at once, 1 to 256
 * @param maxConcurrent classifications at once, 1 to 256; more are answered 503
 * @param maxBody bytes of a request as sent, up to 64 MiB
 * @param maxUnpacked bytes of a request's lines, up to 256 MiB
 * @param maxLines lines of a request, up to 100,000
 * @param linkedKinds by account, the kinds of ids that make two names one person besides the usual ones ({@link
 *     IdentityPolicy}), such as {@code deviceId}, each with how many of it may go by one person, 0 to {@value
 *     IdentityPolicy#MAX_LIMIT}
 * @param blockedIds ids that are nobody's besides {@link IdentityPolicy#NOBODYS}, for all accounts, up to 1,000
 */
@ConfigurationProperties(prefix = "sluice.classifier", ignoreUnknownFields = false)
public record ClassifierSettings(
        String profilesTable,
        String identitiesTable,
        String ruleSetsBucket,
        boolean s3PathStyle,
        String redisUri,
        boolean redisCluster,
        List<String> accounts,
        Duration rulesPoll,
        String rulesDirectory,
        double maxShare,
        Duration stateTimeToLive,
        Duration redisTimeout,
        Duration awsTimeout,
        Duration classifyWithin,
        int profileRequests,
        int maxConcurrent,
        int maxBody,
        int maxUnpacked,
        int maxLines,
        @DefaultValue Map<String, Map<String, Integer>> linkedKinds,
        @DefaultValue List<String> blockedIds) {
    /** The largest {@code maxConcurrent}. */
    public static final int MAX_CONCURRENT = 256;

    /** @throws IllegalArgumentException naming the key, what it is and what it may be */
    public ClassifierSettings {
        named("profiles-table", profilesTable);
        named("identities-table", identitiesTable);
        named("rule-sets-bucket", ruleSetsBucket);
        String scheme = URI.create(redisUri).getScheme();
        check("redis".equals(scheme) || "rediss".equals(scheme), "redis-uri must begin with redis:// or rediss://");
        accounts = List.copyOf(accounts);
        accounts.forEach(account -> check(
                account.matches("[a-z0-9][a-z0-9-]{0,31}"), "accounts must be lower-case names of 1 to 32 characters"));
        within("rules-poll", rulesPoll, Duration.ofMillis(100), Duration.ofMinutes(10));
        named("rules-directory", rulesDirectory);
        check(maxShare >= 0.01 && maxShare <= 1, "max-share must be 0.01 to 1, is " + maxShare);
        within("state-time-to-live", stateTimeToLive, Duration.ofDays(1), Duration.ofDays(500));
        within("redis-timeout", redisTimeout, Duration.ofMillis(10), Duration.ofSeconds(10));
        within("aws-timeout", awsTimeout, Duration.ofMillis(50), Duration.ofSeconds(30));
        within("classify-within", classifyWithin, Duration.ofMillis(100), Duration.ofMinutes(5));
        within("profile-requests", profileRequests, 256);
        within("max-concurrent", maxConcurrent, MAX_CONCURRENT);
        within("max-body", maxBody, 64 << 20);
        within("max-unpacked", maxUnpacked, 256 << 20);
        within("max-lines", maxLines, 100_000);
        linkedKinds = Map.copyOf(linkedKinds);
        blockedIds = List.copyOf(blockedIds);
        check(blockedIds.size() <= 1_000, "blocked-ids must be 1,000 at most, are " + blockedIds.size());
        linkedKinds.forEach((account, kinds) -> kinds.forEach((kind, limit) -> {
            check(kind.matches("[A-Za-z0-9_-]{1,32}"), "linked-kinds must be named by letters, digits, - and _");
            check(
                    limit >= 0 && limit <= IdentityPolicy.MAX_LIMIT,
                    "linked-kinds must have limits of 0 to " + IdentityPolicy.MAX_LIMIT);
        }));
    }

    /** The policy of each account. */
    Function<String, IdentityPolicy> identityPolicies() {
        var usual = IdentityPolicy.of(Map.of(), blockedIds);
        Map<String, IdentityPolicy> policies = new HashMap<>();
        linkedKinds.forEach((account, kinds) -> policies.put(account, IdentityPolicy.of(kinds, blockedIds)));
        return account -> policies.getOrDefault(account, usual);
    }

    private static void named(String key, String value) {
        check(!value.isBlank(), key + " must not be empty");
    }

    private static void within(String key, Duration value, Duration least, Duration most) {
        check(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                key + " must be " + least + " to " + most + ", is " + value);
    }

    private static void within(String key, int value, int most) {
        check(value >= 1 && value <= most, key + " must be 1 to " + most + ", is " + value);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("sluice.classifier." + problem);
        }
    }
}
