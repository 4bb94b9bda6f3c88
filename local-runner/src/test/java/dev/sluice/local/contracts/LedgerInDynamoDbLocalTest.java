package dev.sluice.local.contracts;

import dev.sluice.activators.aws.DynamoDbLedger;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerContract;
import dev.sluice.local.Resources;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the activators expect of the ledger, held against DynamoDB Local. */
@ExtendWith(SharedServers.class)
class LedgerInDynamoDbLocalTest extends LedgerContract {
    private final String table = "ledger-" + UUID.randomUUID();
    private final LocalServers servers;

    LedgerInDynamoDbLocalTest(LocalServers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(Resources.ledgerTable(table));
    }

    @Override
    protected Ledger ledger() {
        return new DynamoDbLedger(
                servers.clients().dynamoDb(), table, () -> UUID.randomUUID().toString(), 16);
    }
}
