package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.through;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.BufferingHintsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.KinesisStreamSourceConfigurationProperty;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.LogStream;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * Firehose: every record of the events stream into the lake, as files named by the UTC hour of processing.
 *
 * <p>Firehose must not compress. Each of our records is a zstd frame already, and frames laid end to end are one valid
 * zstd file. The file extension says zstd, because readers such as Spark choose their codec by it: it goes with the
 * tracker's {@code sluice.tracker.batch.codec}. The role is written out here, and not granted by the CDK, whose grants hold wildcard actions.
 */
final class LakeDelivery extends Construct {
    static final String EVENTS_PREFIX = "events/";
    static final String FAILED_PREFIX = "undelivered/";

    private static final int BUFFER_SECONDS = 600;
    private static final int BUFFER_MEBIBYTES = 128;
    private static final String UTC_HOUR = "!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/";

    LakeDelivery(Construct scope, String id, Stream events, Bucket lake, IKey key) {
        super(scope, id);
        var log = LogGroup.Builder.create(this, "Log")
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        var logStream = LogStream.Builder.create(this, "LogStream")
                .logGroup(log)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        var role = Role.Builder.create(this, "Role")
                // Firehose gives the account as external id: nobody else's Firehose can borrow this role.
                .assumedBy(ServicePrincipal.Builder.create("firehose.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("sts:ExternalId", Aws.ACCOUNT_ID)))
                        .build())
                .inlinePolicies(Map.of("Deliver", deliver(events, lake, log, key)))
                .build();

        var delivery = CfnDeliveryStream.Builder.create(this, "Delivery")
                .deliveryStreamType("KinesisStreamAsSource")
                .kinesisStreamSourceConfiguration(KinesisStreamSourceConfigurationProperty.builder()
                        .kinesisStreamArn(events.getStreamArn())
                        .roleArn(role.getRoleArn())
                        .build())
                .extendedS3DestinationConfiguration(ExtendedS3DestinationConfigurationProperty.builder()
                        .bucketArn(lake.getBucketArn())
                        .roleArn(role.getRoleArn())
                        .prefix(EVENTS_PREFIX + UTC_HOUR)
                        .errorOutputPrefix(FAILED_PREFIX + "!{firehose:error-output-type}/" + UTC_HOUR)
                        .customTimeZone("UTC")
                        .fileExtension(".ndjson.zst")
                        .compressionFormat("UNCOMPRESSED")
                        .bufferingHints(BufferingHintsProperty.builder()
                                .intervalInSeconds(BUFFER_SECONDS)
                                .sizeInMBs(BUFFER_MEBIBYTES)
                                .build())
                        .cloudWatchLoggingOptions(CloudWatchLoggingOptionsProperty.builder()
                                .enabled(true)
                                .logGroupName(log.getLogGroupName())
                                .logStreamName(logStream.getLogStreamName())
                                .build())
                        .build())
                .build();
        explainToNag(role, delivery);
    }

    private static PolicyDocument deliver(Stream events, Bucket lake, LogGroup log, IKey key) {
        var readEvents = allow(
                List.of(
                        "kinesis:DescribeStream",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards"),
                events.getStreamArn());
        var findLake = allow(
                List.of("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"), lake.getBucketArn());
        var writeLake = allow(
                List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                lake.arnForObjects(EVENTS_PREFIX + "*"),
                lake.arnForObjects(FAILED_PREFIX + "*"));
        var complain = allow(List.of("logs:PutLogEvents"), log.getLogGroupArn());
        return PolicyDocument.Builder.create()
                .statements(List.of(
                        readEvents,
                        through("kinesis", key, "kms:Decrypt"),
                        findLake,
                        writeLake,
                        through("s3", key, "kms:Decrypt", "kms:GenerateDataKey"),
                        complain))
                .build();
    }

    private static void explainToNag(Role role, CfnDeliveryStream delivery) {
        NagSuppressions.addResourceSuppressions(
                role,
                List.of(suppression(
                        "AwsSolutions-IAM5",
                        "Firehose names its files itself: it needs the two prefixes that are its own, and no more.",
                        List.of(ownFiles(EVENTS_PREFIX), ownFiles(FAILED_PREFIX)))));
        NagSuppressions.addResourceSuppressions(
                delivery,
                List.of(suppression(
                        "AwsSolutions-KDF1",
                        "Firehose has no encryption of its own when a Kinesis stream is its source: the stream's KMS key covers it.",
                        List.of())));
    }

    private static RegexAppliesTo ownFiles(String prefix) {
        return RegexAppliesTo.builder()
                .regex("/^Resource::.*" + prefix.replace("/", "\\/") + "\\*$/")
                .build();
    }

    private static NagPackSuppression suppression(String id, String reason, List<Object> appliesTo) {
        var builder = NagPackSuppression.builder().id(id).reason(reason);
        return (appliesTo.isEmpty() ? builder : builder.appliesTo(appliesTo)).build();
    }
}
