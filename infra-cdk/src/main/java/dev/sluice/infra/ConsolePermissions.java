package dev.sluice.infra;

import static dev.sluice.infra.Statements.allow;
import static dev.sluice.infra.Statements.through;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * What the rules console may do, as a policy for the role that it runs with: put and read rule sets, tracking plans,
 * connections and claims of keys but neither change nor delete one, read what programs report of them, and keep its table. It
 * is written out here, and not granted by the CDK, whose grants hold wildcard actions.
 */
final class ConsolePermissions extends Construct {
    private static final String RULE_SETS = "rule-sets/";
    private static final String PLANS = "tracking-plans/";
    private static final String CONNECTIONS = "connections/";
    private static final String WRITE_KEYS = "write-keys/";
    private static final String READ_KEYS = "read-keys/";
    private static final String REPORTS = "rule-set-reports/";

    private final ManagedPolicy policy;

    ConsolePermissions(Construct scope, String id, Bucket ruleSets, TableV2 table, IKey key) {
        super(scope, id);
        this.policy = ManagedPolicy.Builder.create(this, "Policy")
                .description("Sluice rules console: publish rule sets, read reports, keep drafts")
                .statements(List.of(
                        allow(List.of("s3:ListBucket"), ruleSets.getBucketArn()),
                        allow(
                                List.of("s3:GetObject"),
                                ruleSets.arnForObjects(RULE_SETS + "*"),
                                ruleSets.arnForObjects(PLANS + "*"),
                                ruleSets.arnForObjects(CONNECTIONS + "*"),
                                ruleSets.arnForObjects(WRITE_KEYS + "*"),
                                ruleSets.arnForObjects(READ_KEYS + "*"),
                                ruleSets.arnForObjects(REPORTS + "*")),
                        allow(
                                List.of("s3:PutObject"),
                                ruleSets.arnForObjects(RULE_SETS + "*"),
                                ruleSets.arnForObjects(PLANS + "*"),
                                ruleSets.arnForObjects(CONNECTIONS + "*"),
                                ruleSets.arnForObjects(WRITE_KEYS + "*"),
                                ruleSets.arnForObjects(READ_KEYS + "*")),
                        through("s3", key, "kms:Decrypt", "kms:GenerateDataKey"),
                        allow(
                                List.of(
                                        "dynamodb:DeleteItem",
                                        "dynamodb:GetItem",
                                        "dynamodb:PutItem",
                                        "dynamodb:Query"),
                                table.getTableArn()),
                        through(
                                "dynamodb",
                                key,
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey")))
                .build();
        NagSuppressions.addResourceSuppressions(
                policy,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(
                                "Objects are named by account and number, or by a key's hash: the console needs the six prefixes, and no more.")
                        .appliesTo(List.of(
                                objects(RULE_SETS),
                                objects(PLANS),
                                objects(CONNECTIONS),
                                objects(WRITE_KEYS),
                                objects(READ_KEYS),
                                objects(REPORTS)))
                        .build()));
    }

    ManagedPolicy policy() {
        return policy;
    }

    private static RegexAppliesTo objects(String prefix) {
        return RegexAppliesTo.builder()
                .regex("/^Resource::.*" + prefix.replace("/", "\\/") + "\\*$/")
                .build();
    }
}
