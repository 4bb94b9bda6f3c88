package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.constructs.Construct;

/**
 * One bucket a kind of partner for what did not reach it: what its functions set aside ({@code set-aside/}), and what Lambda
 * gave up of them ({@code aws/lambda/}). A replay reads the bucket of one kind.
 */
final class FailureBuckets extends Construct {
    /** Longer than the 35 days that one replay reaches back. */
    private static final Duration KEPT_FOR_REPLAY = Duration.days(90);

    private final Map<String, Bucket> buckets = new TreeMap<>();

    FailureBuckets(Construct scope, String id, List<PartnerKind> kinds, Buckets others, IKey key) {
        super(scope, id);
        for (var kind : kinds) {
            var bucket = Buckets.closed(this, kind.id())
                    .encryption(BucketEncryption.KMS)
                    .encryptionKey(key)
                    .bucketKeyEnabled(true)
                    .serverAccessLogsBucket(others.accessLogs())
                    .serverAccessLogsPrefix("failures/" + kind.name() + "/")
                    .lifecycleRules(
                            List.of(Buckets.abandonedUploads(), Buckets.expire("failures", "", KEPT_FOR_REPLAY)))
                    .build();
            buckets.put(kind.name(), bucket);
            CfnOutput.Builder.create(this, kind.id() + "Output")
                    .description("SLUICE_LAKE_BUCKET of ./sluice replay --partner " + kind.name())
                    .value(bucket.getBucketName())
                    .build();
        }
    }

    /** @throws IllegalArgumentException if there is no such kind */
    Bucket of(PartnerKind kind) {
        var bucket = buckets.get(kind.name());
        if (bucket == null) {
            throw new IllegalArgumentException("there is no failure bucket of " + kind.name());
        }
        return bucket;
    }
}
