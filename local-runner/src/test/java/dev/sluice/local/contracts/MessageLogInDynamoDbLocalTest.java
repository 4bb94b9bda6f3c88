package dev.sluice.local.contracts;

import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.MessageLogContract;
import dev.sluice.activators.messages.aws.DynamoDbMessageLog;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What messages expect of their store, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class MessageLogInDynamoDbLocalTest extends MessageLogContract {
    private final String table = "messages-" + UUID.randomUUID();
    private final LocalServers servers;

    MessageLogInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(MessageTable.named(table));
    }

    @Override
    protected MessageLog log() {
        return new DynamoDbMessageLog(servers.clients().dynamoDb(), table);
    }
}
