package dev.sluice.local.contracts;

import dev.sluice.activators.messages.Sendings;
import dev.sluice.activators.messages.SendingsContract;
import dev.sluice.activators.messages.aws.DynamoDbSendings;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What messages expect of their store, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class SendingsInDynamoDbLocalTest extends SendingsContract {
    private final String table = "messages-" + UUID.randomUUID();
    private final LocalServers servers;

    SendingsInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(MessageTable.named(table));
    }

    @Override
    protected Sendings sendings() {
        return new DynamoDbSendings(servers.clients().dynamoDb(), table, InstantSource.system());
    }
}
