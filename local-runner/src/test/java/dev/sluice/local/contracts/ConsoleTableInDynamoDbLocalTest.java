package dev.sluice.local.contracts;

import dev.sluice.local.Resources;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.DraftsContract;
import dev.sluice.rules.RuleSetCatalogContract;
import dev.sluice.rules.RuleSetKind;
import dev.sluice.rules.aws.DynamoDbBundleCatalog;
import dev.sluice.rules.aws.DynamoDbDrafts;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the rules console expects of its table, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class ConsoleTableInDynamoDbLocalTest {
    private final String table = "console-" + UUID.randomUUID();
    private final LocalServers servers;

    ConsoleTableInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(Resources.ruleSetsTable(table));
    }

    @Nested
    class Catalog extends RuleSetCatalogContract {
        @Override
        protected BundleCatalog catalog() {
            return new DynamoDbBundleCatalog(servers.clients().dynamoDb(), table, RuleSetKind.RULE_SETS);
        }
    }

    @Nested
    class OfDrafts extends DraftsContract {
        @Override
        protected Drafts drafts() {
            return new DynamoDbDrafts(
                    servers.clients().dynamoDb(), table, () -> UUID.randomUUID().toString());
        }
    }
}
