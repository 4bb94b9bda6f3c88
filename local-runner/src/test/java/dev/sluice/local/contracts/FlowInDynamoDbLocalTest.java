package dev.sluice.local.contracts;

import dev.sluice.activators.aws.DynamoDbFlow;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.FlowContract;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What activators expect of how fast connections may be told, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class FlowInDynamoDbLocalTest extends FlowContract {
    private final String table = "ledger-" + UUID.randomUUID();
    private final LocalServers servers;

    FlowInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients()
                .dynamoDb()
                .createTable(create -> create.tableName(table)
                        .attributeDefinitions(text("pk"), text("sk"))
                        .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                        .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Override
    protected Flow flow(Clock clock) {
        return new DynamoDbFlow(servers.clients().dynamoDb(), table, clock, () -> 0.5);
    }
}
