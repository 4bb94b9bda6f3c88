package dev.sluice.local.contracts;

import dev.sluice.activators.Flow;
import dev.sluice.activators.FlowContract;
import dev.sluice.activators.aws.DynamoDbFlow;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
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
        servers.clients().dynamoDb().createTable(create -> create.tableName(table)
                .attributeDefinitions(
                        pk -> pk.attributeName("pk").attributeType(ScalarAttributeType.S),
                        sk -> sk.attributeName("sk").attributeType(ScalarAttributeType.S))
                .keySchema(
                        pk -> pk.attributeName("pk").keyType(KeyType.HASH),
                        sk -> sk.attributeName("sk").keyType(KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    @Override
    protected Flow flow(Clock clock) {
        return new DynamoDbFlow(servers.clients().dynamoDb(), table, clock, () -> 0.5);
    }
}
