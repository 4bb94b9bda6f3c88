package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/** The lake, the published rule sets, and the log of who reached either; all private, encrypted, TLS only and retained. */
final class Buckets extends Construct {
    /** Rejected and set-aside input is kept this long for somebody to look at it and replay it. */
    private static final Duration KEPT_FOR_REPLAY = Duration.days(90);

    /** What programs said of a rule set is of interest while it is one of the newest. */
    private static final Duration KEPT_REPORTS = Duration.days(90);

    private static final Duration KEPT_ACCESS_LOGS = Duration.days(400);
    private static final Duration ABANDONED_UPLOAD = Duration.days(7);

    private static final String RULE_SETS = "rule-sets/";
    private static final String PLANS = "tracking-plans/";
    private static final String CONNECTIONS = "connections/";
    private static final String WRITE_KEYS = "write-keys/";
    private static final String READ_KEYS = "read-keys/";
    private static final String REPORTS = "rule-set-reports/";

    private final Bucket accessLogs;
    private final Bucket lake;
    private final Bucket ruleSets;

    Buckets(Construct scope, String id, IKey key) {
        super(scope, id);
        // S3 delivers access logs only into buckets under its own keys.
        this.accessLogs = closed(this, "AccessLogs")
                .encryption(BucketEncryption.S3_MANAGED)
                .lifecycleRules(List.of(abandonedUploads(), expire("access-logs", "", KEPT_ACCESS_LOGS)))
                .build();
        this.lake = closed(this, "Lake")
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .serverAccessLogsBucket(accessLogs)
                .serverAccessLogsPrefix("lake/")
                .lifecycleRules(lakeRules())
                .build();
        this.ruleSets = closed(this, "RuleSets")
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .versioned(true)
                .serverAccessLogsBucket(accessLogs)
                .serverAccessLogsPrefix("rule-sets/")
                .lifecycleRules(List.of(abandonedUploads(), reports()))
                .build();
        refuseOverwrites(ruleSets);
    }

    Bucket accessLogs() {
        return accessLogs;
    }

    Bucket lake() {
        return lake;
    }

    Bucket ruleSets() {
        return ruleSets;
    }

    /** The beginnings of any bucket: nobody's from outside, TLS only, never removed with its stack. */
    static Bucket.Builder closed(Construct scope, String id) {
        return Bucket.Builder.create(scope, id)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .removalPolicy(RemovalPolicy.RETAIN);
    }

    private static List<LifecycleRule> lakeRules() {
        return List.of(
                abandonedUploads(),
                // Never expired: what waits here was acknowledged and is not in Kinesis yet. The replayer deletes it.
                LifecycleRule.builder()
                        .id("failover")
                        .prefix("failover/")
                        .transitions(List.of(Transition.builder()
                                .storageClass(StorageClass.INFREQUENT_ACCESS)
                                .transitionAfter(Duration.days(30))
                                .build()))
                        .build(),
                expire("rejected", "rejected/", KEPT_FOR_REPLAY),
                expire("set-aside", "set-aside/", KEPT_FOR_REPLAY),
                expire("lambda-failure-destinations", "aws/lambda/", KEPT_FOR_REPLAY),
                expire("undelivered", LakeDelivery.FAILED_PREFIX, KEPT_FOR_REPLAY));
    }

    static LifecycleRule abandonedUploads() {
        return LifecycleRule.builder()
                .id("abandoned-uploads")
                .abortIncompleteMultipartUploadAfter(ABANDONED_UPLOAD)
                .build();
    }

    static LifecycleRule expire(String id, String prefix, Duration after) {
        return LifecycleRule.builder()
                .id(id)
                .prefix(prefix.isEmpty() ? null : prefix)
                .expiration(after)
                .build();
    }

    /** Each instance of a program writes its own report again when something changes; only the last one counts. */
    private static LifecycleRule reports() {
        return LifecycleRule.builder()
                .id("reports")
                .prefix(REPORTS)
                .expiration(KEPT_REPORTS)
                .noncurrentVersionExpiration(Duration.days(1))
                .build();
    }

    /** A published bundle never changes, nor does the account that claimed a key: a write without {@code If-None-Match} is refused by the bucket itself. */
    private static void refuseOverwrites(Bucket bucket) {
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("OnlyNewObjects")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(
                        bucket.arnForObjects(RULE_SETS + "*"),
                        bucket.arnForObjects(PLANS + "*"),
                        bucket.arnForObjects(CONNECTIONS + "*"),
                        bucket.arnForObjects(WRITE_KEYS + "*"),
                        bucket.arnForObjects(READ_KEYS + "*")))
                .conditions(new TreeMap<>(Map.of(
                        "Null", Map.of("s3:if-none-match", "true"),
                        "Bool", Map.of("s3:ObjectCreationOperation", "true"))))
                .build());
    }
}
