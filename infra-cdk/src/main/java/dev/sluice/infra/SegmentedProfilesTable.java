package dev.sluice.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * One item a person: the memberships, versioned. The propagator reads the table's stream and needs both images, the old
 * one and the new one, to tell what changed. It is a global table of one Region, so that a standby can be added later
 * without moving the items.
 */
final class SegmentedProfilesTable extends Construct {
    private final TableV2 table;

    SegmentedProfilesTable(Construct scope, String id, IKey key) {
        super(scope, id);
        this.table = TableV2.Builder.create(this, "Table")
                .partitionKey(Attribute.builder()
                        .name("person")
                        .type(AttributeType.STRING)
                        .build())
                .billing(Billing.onDemand())
                .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
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
