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
 * One item a name: by whom it goes, and which names go by it; versioned. Nothing else says so, so it is kept as carefully as
 * the profiles. It is a global table of one Region, so that a standby can be added later without moving the items.
 */
final class IdentitiesTable extends Construct {
    private final TableV2 table;

    IdentitiesTable(Construct scope, String id, IKey key) {
        super(scope, id);
        this.table = TableV2.Builder.create(this, "Table")
                .partitionKey(Attribute.builder()
                        .name("person")
                        .type(AttributeType.STRING)
                        .build())
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.customerManagedKey(key))
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    TableV2 table() {
        return table;
    }
}
