package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * One item a person on a connection: what the partner is to know and what it has been told; and one a connection: how fast
 * it may be told. Nothing else says what a partner knows, so it is kept as carefully as the profiles. The index holds only
 * what is due. Items that say nothing any more expire.
 */
final class LedgerTable extends Construct {
    private final TableV2 table;

    LedgerTable(Construct scope, String id, IKey key) {
        super(scope, id);
        this.table = TableV2.Builder.create(this, "Table")
                .partitionKey(attribute("pk", AttributeType.STRING))
                .sortKey(attribute("sk", AttributeType.STRING))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndexPropsV2.builder()
                        .indexName("due")
                        .partitionKey(attribute("dueGroup", AttributeType.STRING))
                        .sortKey(attribute("dueAt", AttributeType.NUMBER))
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(List.of("since"))
                        .build()))
                .timeToLiveAttribute("expires")
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.customerManagedKey(key))
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private static Attribute attribute(String name, AttributeType type) {
        return Attribute.builder().name(name).type(type).build();
    }

    TableV2 table() {
        return table;
    }
}
