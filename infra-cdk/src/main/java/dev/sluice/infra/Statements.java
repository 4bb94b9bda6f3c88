package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;

/**
 * What roles are allowed, written out action by action: what the CDK grants holds wildcard actions. Stateless.
 */
final class Statements {
    private Statements() {}

    static PolicyStatement allow(List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(resources))
                .build();
    }

    /** The key is shared by all stores; the role may use it only through one service. */
    static PolicyStatement through(String service, IKey key, String... actions) {
        var endpoint = service + "." + Aws.REGION + ".amazonaws.com";
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(key.getKeyArn()))
                .conditions(Map.of("StringEquals", Map.of("kms:ViaService", endpoint)))
                .build();
    }

    /** Items of a table by the beginning of their partition keys, and of no others. */
    static PolicyStatement items(String tableArn, List<String> actions, List<String> keys) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(tableArn))
                .conditions(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", keys)))
                .build();
    }

    /** What using a table under our key takes beside the rights to its items. */
    static PolicyStatement throughDynamoDb(IKey key) {
        return through("dynamodb", key, "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey");
    }

    /** Reading and writing objects under our key. */
    static PolicyStatement throughS3(IKey key) {
        return through("s3", key, "kms:Decrypt", "kms:GenerateDataKey");
    }

    /** An ARN of this deployment's account and Region. */
    static String arn(String service, String resource) {
        return arn(service, Aws.REGION, resource);
    }

    /** An ARN of this deployment's account in any Region that the pattern names. */
    static String arn(String service, String region, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + region + ":" + Aws.ACCOUNT_ID + ":" + resource;
    }
}
