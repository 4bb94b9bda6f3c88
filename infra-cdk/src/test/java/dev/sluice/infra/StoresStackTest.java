package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;
import software.amazon.awscdk.assertions.Template;

/**
 * What the stores' template promises:
 * - streams are encrypted by our key, sized as told, and keep records as long as told;
 * - the profiles' table streams both images, is recoverable and cannot be deleted by accident;
 * - the console's table is recoverable too, and its policy lets it publish, read and keep drafts, and no more;
 * - buckets are private, encrypted, TLS only; rule sets cannot be overwritten; failover files never expire;
 * - each kind of partner has a failure bucket, whose objects outlive the days that a replay reaches back;
 * - every stateful resource survives its stack; programs find each name under its environment variable.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoresStackTest {
    private final Template stores = Template.fromStack(Synthesized.ALL.stores());

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
        isThereAndProtected(Map.of(
                "KeySchema", List.of(key("person", "HASH")),
                "AttributeDefinitions", List.of(Map.of("AttributeName", "person", "AttributeType", "S")),
                "StreamSpecification", Map.of("StreamViewType", "NEW_AND_OLD_IMAGES")));
    }

    @Test
    void theConsolesTableIsKeyedByAccountAndProtected() {
        isThereAndProtected(Map.of(
                "KeySchema", List.of(key("account", "HASH"), key("sk", "RANGE")),
                "StreamSpecification", Match.absent()));
    }

    @Test
    void theLedgerFindsWhatIsDueForgetsWhatSaysNothingAndIsProtected() {
        var due = Map.of(
                "IndexName",
                "due",
                "Projection",
                Map.of("ProjectionType", "INCLUDE", "NonKeyAttributes", List.of("since")));
        isThereAndProtected(Map.of(
                "KeySchema", List.of(key("pk", "HASH"), key("sk", "RANGE")),
                "GlobalSecondaryIndexes", List.of(Match.objectLike(due)),
                "TimeToLiveSpecification", Map.of("AttributeName", "expires", "Enabled", true)));
    }

    /** A table with these properties that is paid by request, encrypted, recoverable and not deleted by accident. */
    private void isThereAndProtected(Map<String, Object> properties) {
        var replica = Map.of(
                "DeletionProtectionEnabled",
                true,
                "PointInTimeRecoverySpecification",
                Map.of("PointInTimeRecoveryEnabled", true));
        var all = new HashMap<>(properties);
        all.put("BillingMode", "PAY_PER_REQUEST");
        all.put("SSESpecification", Map.of("SSEEnabled", true, "SSEType", "KMS"));
        all.put("Replicas", List.of(Match.objectLike(replica)));
        stores.hasResourceProperties("AWS::DynamoDB::GlobalTable", all);
    }

    private static Map<String, Object> key(String attribute, String type) {
        return Map.of("AttributeName", attribute, "KeyType", type);
    }

    @Test
    void theConsoleMayPublishAndNeitherChangeNorDeleteARuleSet() {
        var policies = stores.findResources("AWS::IAM::ManagedPolicy");
        var actions = new ArrayList<String>();
        policies.values().forEach(policy -> Resources.collectActions(policy, actions));

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

        assertThat(buckets).isEqualTo(3 + PartnerKinds.ALL.size());
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
        policiesThatDeny(
                Map.of(
                        "Action",
                        "s3:*",
                        "Principal",
                        Map.of("AWS", "*"),
                        "Condition",
                        Map.of("Bool", Map.of("aws:SecureTransport", "false"))),
                buckets);
    }

    @Test
    void aRuleSetCannotBeOverwritten() {
        policiesThatDeny(
                Map.of(
                        "Action",
                        "s3:PutObject",
                        "Resource",
                        List.of(
                                objects("/rule-sets/*"),
                                objects("/tracking-plans/*"),
                                objects("/connections/*"),
                                objects("/write-keys/*"),
                                objects("/read-keys/*")),
                        "Condition",
                        Map.of(
                                "Null", Map.of("s3:if-none-match", "true"),
                                "Bool", Map.of("s3:ObjectCreationOperation", "true"))),
                1);
        stores.resourcePropertiesCountIs(
                "AWS::S3::Bucket", Map.of("VersioningConfiguration", Map.of("Status", "Enabled")), 1);
    }

    private static Map<String, Object> objects(String below) {
        return Map.of("Fn::Join", Match.arrayWith(List.of(Match.arrayWith(List.of(below)))));
    }

    private void policiesThatDeny(Map<String, Object> what, int count) {
        var statement = new HashMap<>(what);
        statement.put("Effect", "Deny");
        stores.resourcePropertiesCountIs(
                "AWS::S3::BucketPolicy", Map.of("PolicyDocument", Map.of("Statement", oneIs(statement))), count);
    }

    private static Matcher oneIs(Map<String, Object> like) {
        return Match.arrayWith(List.of(Match.objectLike(like)));
    }

    @Test
    void reportsOnRuleSetsExpire() {
        var expiry = Map.<String, Object>of("Prefix", "rule-set-reports/", "ExpirationInDays", 90);
        stores.resourcePropertiesCountIs(
                "AWS::S3::Bucket", Map.of("LifecycleConfiguration", Map.of("Rules", oneIs(expiry))), 1);
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
    void eachKindOfPartnerHasAFailureBucketThatOutlivesAReplay() {
        var expiry = Map.<String, Object>of("Id", "failures", "ExpirationInDays", 90);
        for (var kind : PartnerKinds.ALL) {
            stores.resourcePropertiesCountIs(
                    "AWS::S3::Bucket",
                    Map.of(
                            "LoggingConfiguration",
                            Match.objectLike(Map.of("LogFilePrefix", "failures/" + kind.name() + "/")),
                            "LifecycleConfiguration",
                            Map.of("Rules", oneIs(expiry))),
                    1);
        }
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
                        "SLUICE_EVENTS_SLOTS_PER_RECORD",
                        "SLUICE_ACTIVATIONS_STREAM",
                        "SLUICE_IDENTITIES_TABLE",
                        "SLUICE_LEDGER_TABLE",
                        "SLUICE_PROFILES_TABLE",
                        "SLUICE_LAKE_BUCKET",
                        "SLUICE_RULE_SETS_BUCKET",
                        "SLUICE_RULE_SETS_TABLE");
    }

    private List<Map<String, Object>> lakeLifecycle() {
        return stores.findResources("AWS::S3::Bucket").values().stream()
                .map(bucket -> Resources.objects(Resources.object(
                                Resources.object(bucket.get("Properties")).get("LifecycleConfiguration"))
                        .get("Rules")))
                .filter(rules -> rules.stream().anyMatch(rule -> "failover/".equals(rule.get("Prefix"))))
                .findFirst()
                .orElseThrow();
    }
}
