package dev.sluice.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * The rules console's own: drafts, and who published which rule set and why. The sort key says which of the two an item
 * is. Published rule sets themselves are in the bucket, from which the second kind can be made again; drafts are nowhere
 * else.
 */
final class RuleSetsTable extends Construct {
    private final TableV2 table;

    RuleSetsTable(Construct scope, String id, IKey key) {
        super(scope, id);
        this.table = TableV2.Builder.create(this, "Table")
                .partitionKey(text("account"))
                .sortKey(text("sk"))
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.customerManagedKey(key))
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    TableV2 table() {
        return table;
    }
}
