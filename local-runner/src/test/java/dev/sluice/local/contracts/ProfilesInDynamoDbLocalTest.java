package dev.sluice.local.contracts;

import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.ProfilesContract;
import dev.sluice.classifier.aws.DynamoDbProfiles;
import dev.sluice.local.Resources;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the classifier expects of its profiles' store, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class ProfilesInDynamoDbLocalTest extends ProfilesContract {
    private final String table = "profiles-" + UUID.randomUUID();
    private final ExecutorService requests = Executors.newFixedThreadPool(8);
    private final LocalServers servers;

    ProfilesInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(Resources.profilesTable(table));
    }

    @AfterEach
    void end() {
        requests.shutdownNow();
    }

    @Override
    protected Profiles profiles() {
        return new DynamoDbProfiles(servers.clients().dynamoDb(), table, requests);
    }
}
