package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/**
 * What the templates promise:
 * - streams are encrypted by our key, sized as told, and keep records as long as told;
 * - the profiles' table streams both images, is recoverable and cannot be deleted by accident;
 * - the console's table is recoverable too, and its policy lets it publish, read and keep drafts, and no more;
 * - buckets are private, encrypted, TLS only; rule sets cannot be overwritten; failover files never expire;
 * - Firehose lays our zstd frames into UTC hours, every 600 s or 128 MB, uncompressed by itself;
 * - no IAM statement allows a wildcard action; every stateful resource survives its stack;
 * - programs find each name under its environment variable; everything is tagged;
 * - AwsSolutions finds nothing that is not explained.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SynthesizedStacksTest {
    private static final Deployment DEPLOYMENT = new Deployment(
            new Environment("test", "eu-west-1", null),
            new StreamSettings(new StreamCapacity.Provisioned(4), Duration.ofHours(48)));

    private final List<Stack> stacks;
    private final Template stores;
    private final Template lakeDelivery;

    /** Synthesizes once for all tests. */
    SynthesizedStacksTest() {
        NodeOnPath.require(System.getenv("PATH"));
        var app = SluiceApp.app("target/cdk.out-test");
        var sluice = SluiceApp.in(app, DEPLOYMENT);
        stacks = List.of(sluice.stores(), sluice.lakeDelivery());
        stores = Template.fromStack(sluice.stores());
        lakeDelivery = Template.fromStack(sluice.lakeDelivery());
    }

    @Test
    void bothStreamsAreEncryptedByOurKeyAndSizedAsTold() {
        stores.resourcePropertiesCountIs(
                "AWS::Kinesis::Stream",
                Map.of(
                        "ShardCount",
                        4,
                        "RetentionPeriodHours",
                        48,
                        "StreamModeDetails",
                        Map.of("StreamMode", "PROVISIONED"),
                        "StreamEncryption",
                        Map.of("EncryptionType", "KMS", "KeyId", Match.anyValue())),
                2);
        stores.hasResourceProperties("AWS::KMS::Key", Map.of("EnableKeyRotation", true));
    }

    @Test
    void theTableStreamsBothImagesAndIsProtected() {
        stores.hasResourceProperties(
                "AWS::DynamoDB::GlobalTable",
                Map.of(
                        "KeySchema", List.of(Map.of("AttributeName", "person", "KeyType", "HASH")),
                        "AttributeDefinitions", List.of(Map.of("AttributeName", "person", "AttributeType", "S")),
                        "BillingMode", "PAY_PER_REQUEST",
                        "StreamSpecification", Map.of("StreamViewType", "NEW_AND_OLD_IMAGES"),
                        "SSESpecification", Map.of("SSEEnabled", true, "SSEType", "KMS"),
                        "Replicas",
                                List.of(Match.objectLike(Map.of(
                                        "DeletionProtectionEnabled",
                                        true,
                                        "PointInTimeRecoverySpecification",
                                        Map.of("PointInTimeRecoveryEnabled", true))))));
    }

    @Test
    void theConsolesTableIsKeyedByAccountAndProtected() {
        stores.hasResourceProperties(
                "AWS::DynamoDB::GlobalTable",
                Map.of(
                        "KeySchema",
                                List.of(
                                        Map.of("AttributeName", "account", "KeyType", "HASH"),
                                        Map.of("AttributeName", "sk", "KeyType", "RANGE")),
                        "BillingMode", "PAY_PER_REQUEST",
                        "StreamSpecification", Match.absent(),
                        "SSESpecification", Map.of("SSEEnabled", true, "SSEType", "KMS"),
                        "Replicas",
                                List.of(Match.objectLike(Map.of(
                                        "DeletionProtectionEnabled",
                                        true,
                                        "PointInTimeRecoverySpecification",
                                        Map.of("PointInTimeRecoveryEnabled", true))))));
    }

    @Test
    void theLedgerFindsWhatIsDueForgetsWhatSaysNothingAndIsProtected() {
        stores.hasResourceProperties(
                "AWS::DynamoDB::GlobalTable",
                Map.of(
                        "KeySchema",
                                List.of(
                                        Map.of("AttributeName", "pk", "KeyType", "HASH"),
                                        Map.of("AttributeName", "sk", "KeyType", "RANGE")),
                        "GlobalSecondaryIndexes",
                                List.of(Match.objectLike(Map.of(
                                        "IndexName",
                                        "due",
                                        "Projection",
                                        Map.of("ProjectionType", "INCLUDE", "NonKeyAttributes", List.of("since"))))),
                        "TimeToLiveSpecification", Map.of("AttributeName", "expires", "Enabled", true),
                        "BillingMode", "PAY_PER_REQUEST",
                        "SSESpecification", Map.of("SSEEnabled", true, "SSEType", "KMS"),
                        "Replicas",
                                List.of(Match.objectLike(Map.of(
                                        "DeletionProtectionEnabled",
                                        true,
                                        "PointInTimeRecoverySpecification",
                                        Map.of("PointInTimeRecoveryEnabled", true))))));
    }

    @Test
    void theConsoleMayPublishAndNeitherChangeNorDeleteARuleSet() {
        var policies = stores.findResources("AWS::IAM::ManagedPolicy");
        var actions = new ArrayList<String>();
        policies.values().forEach(policy -> collectActions(policy, actions));

        assertThat(policies).hasSize(1);
        assertThat(actions)
                .containsExactlyInAnyOrder(
                        "s3:ListBucket",
                        "s3:GetObject",
                        "s3:PutObject",
                        "kms:Decrypt",
                        "kms:GenerateDataKey",
                        "dynamodb:DeleteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query",
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey");
    }

    @Test
    void everyBucketIsPrivateAndRefusesPlainHttp() {
        var buckets = stores.findResources("AWS::S3::Bucket").size();

        assertThat(buckets).isEqualTo(3);
        stores.resourcePropertiesCountIs(
                "AWS::S3::Bucket",
                Map.of(
                        "PublicAccessBlockConfiguration",
                        Map.of(
                                "BlockPublicAcls", true,
                                "BlockPublicPolicy", true,
                                "IgnorePublicAcls", true,
                                "RestrictPublicBuckets", true),
                        "BucketEncryption",
                        Match.anyValue()),
                buckets);
        stores.resourcePropertiesCountIs(
                "AWS::S3::BucketPolicy",
                Map.of(
                        "PolicyDocument",
                        Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Effect",
                                        "Deny",
                                        "Action",
                                        "s3:*",
                                        "Principal",
                                        Map.of("AWS", "*"),
                                        "Condition",
                                        Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))),
                buckets);
    }

    @Test
    void aRuleSetCannotBeOverwritten() {
        stores.resourcePropertiesCountIs(
                "AWS::S3::BucketPolicy",
                Map.of(
                        "PolicyDocument",
                        Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Effect",
                                        "Deny",
                                        "Action",
                                        "s3:PutObject",
                                        "Resource",
                                        List.of(
                                                objects("/rule-sets/*"),
                                                objects("/tracking-plans/*"),
                                                objects("/connections/*")),
                                        "Condition",
                                        Map.of(
                                                "Null", Map.of("s3:if-none-match", "true"),
                                                "Bool", Map.of("s3:ObjectCreationOperation", "true")))))))),
                1);
        stores.resourcePropertiesCountIs(
                "AWS::S3::Bucket", Map.of("VersioningConfiguration", Map.of("Status", "Enabled")), 1);
    }

    private static Map<String, Object> objects(String below) {
        return Map.of("Fn::Join", Match.arrayWith(List.of(Match.arrayWith(List.of(below)))));
    }

    @Test
    void reportsOnRuleSetsExpire() {
        stores.resourcePropertiesCountIs(
                "AWS::S3::Bucket",
                Map.of(
                        "LifecycleConfiguration",
                        Map.of(
                                "Rules",
                                Match.arrayWith(List.of(Match.objectLike(
                                        Map.of("Prefix", "rule-set-reports/", "ExpirationInDays", 90)))))),
                1);
    }

    @Test
    void setAsideInputExpiresAndFailoverFilesDoNot() {
        var rules = lakeLifecycle();

        assertThat(rules)
                .filteredOn(rule -> rule.containsKey("ExpirationInDays"))
                .extracting(rule -> rule.get("Prefix"))
                .containsExactlyInAnyOrder("rejected/", "set-aside/", "aws/lambda/", "undelivered/");
        assertThat(rules)
                .filteredOn(rule -> "failover/".equals(rule.get("Prefix")))
                .singleElement()
                .satisfies(rule -> assertThat(rule).containsKey("Transitions"));
    }

    @Test
    void firehoseLaysOurFramesIntoUtcHours() {
        lakeDelivery.hasResourceProperties(
                "AWS::KinesisFirehose::DeliveryStream",
                Map.of(
                        "DeliveryStreamType",
                        "KinesisStreamAsSource",
                        "ExtendedS3DestinationConfiguration",
                        Map.of(
                                "BufferingHints", Map.of("IntervalInSeconds", 600, "SizeInMBs", 128),
                                "CompressionFormat", "UNCOMPRESSED",
                                "FileExtension", ".ndjson.zst",
                                "CustomTimeZone", "UTC",
                                "Prefix", "events/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/",
                                "ErrorOutputPrefix",
                                        Match.stringLikeRegexp("^undelivered/!\\{firehose:error-output-type\\}/"))));
    }

    @Test
    void onlyFirehoseOfThisAccountCanTakeTheRole() {
        lakeDelivery.hasResourceProperties(
                "AWS::IAM::Role",
                Map.of(
                        "AssumeRolePolicyDocument",
                        Map.of(
                                "Statement",
                                List.of(Match.objectLike(Map.of(
                                        "Principal", Map.of("Service", "firehose.amazonaws.com"),
                                        "Condition",
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of(
                                                                "sts:ExternalId",
                                                                Map.of("Ref", "AWS::AccountId")))))))));
    }

    @Test
    void noIdentityIsAllowedAWildcardAction() {
        var actions = new ArrayList<String>();
        for (var stack : List.of(stores, lakeDelivery)) {
            for (var type : List.of("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
                stack.findResources(type).values().forEach(resource -> collectActions(resource, actions));
            }
        }

        assertThat(actions).contains("s3:PutObject", "kinesis:GetRecords").noneMatch(action -> action.contains("*"));
    }

    @Test
    void everythingThatKeepsDataSurvivesItsStack() {
        for (var type :
                List.of("AWS::Kinesis::Stream", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::KMS::Key")) {
            stores.allResources(type, Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
        }
    }

    @Test
    void programsFindEachNameUnderItsVariable() {
        assertThat(stores.findOutputs("*").values())
                .extracting(output -> output.get("Description"))
                .contains(
                        "SLUICE_EVENTS_STREAM",
                        "SLUICE_ACTIVATIONS_STREAM",
                        "SLUICE_IDENTITIES_TABLE",
                        "SLUICE_LEDGER_TABLE",
                        "SLUICE_PROFILES_TABLE",
                        "SLUICE_LAKE_BUCKET",
                        "SLUICE_RULE_SETS_BUCKET",
                        "SLUICE_RULE_SETS_TABLE");
    }

    @Test
    void everyStackIsNamedAndTaggedFromTheEnvironment() {
        assertThat(stacks)
                .extracting(Stack::getStackName)
                .containsExactly("sluice-test-stores", "sluice-test-lake-delivery");
        stores.resourcePropertiesCountIs(
                "AWS::Kinesis::Stream",
                Map.of(
                        "Tags",
                        List.of(
                                Map.of("Key", "application", "Value", "sluice"),
                                Map.of("Key", "stage", "Value", "test"))),
                2);
    }

    @Test
    void awsSolutionsFindsNothingUnexplained() {
        for (var stack : stacks) {
            var annotations = Annotations.fromStack(stack);
            annotations.hasNoError("*", Match.anyValue());
            annotations.hasNoWarning("*", Match.anyValue());
        }
    }

    private List<Map<String, Object>> lakeLifecycle() {
        return stores.findResources("AWS::S3::Bucket").values().stream()
                .map(bucket -> objects(object(object(bucket.get("Properties")).get("LifecycleConfiguration"))
                        .get("Rules")))
                .filter(rules -> rules.stream().anyMatch(rule -> "failover/".equals(rule.get("Prefix"))))
                .findFirst()
                .orElseThrow();
    }

    private static void collectActions(Object node, List<String> into) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if ("Action".equals(key)) {
                        into.addAll(value instanceof List<?> many ? strings(many) : List.of(value.toString()));
                    } else {
                        collectActions(value, into);
                    }
                });
            case List<?> list -> list.forEach(element -> collectActions(element, into));
            default -> {}
        }
    }

    private static List<String> strings(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    @SuppressWarnings("unchecked") // A template is JSON as maps and lists.
    private static Map<String, Object> object(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    @SuppressWarnings("unchecked") // A template is JSON as maps and lists.
    private static List<Map<String, Object>> objects(@Nullable Object node) {
        return (List<Map<String, Object>>) Objects.requireNonNull(node);
    }
}
