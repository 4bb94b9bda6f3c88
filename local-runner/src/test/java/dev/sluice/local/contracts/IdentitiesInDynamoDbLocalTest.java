package dev.sluice.local.contracts;

import dev.sluice.classifier.Identities;
import dev.sluice.classifier.IdentitiesContract;
import dev.sluice.classifier.aws.DynamoDbIdentities;
import dev.sluice.local.Resources;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the classifier expects of the store of who goes by whom, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class IdentitiesInDynamoDbLocalTest extends IdentitiesContract {
    private final String table = "identities-" + UUID.randomUUID();
    private final ExecutorService requests = Executors.newFixedThreadPool(8);
    private final LocalServers servers;

    IdentitiesInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(Resources.identitiesTable(table));
    }

    @AfterEach
    void end() {
        requests.shutdownNow();
    }

    @Override
    protected Identities identities() {
        return new DynamoDbIdentities(servers.clients().dynamoDb(), table, requests);
    }
}
