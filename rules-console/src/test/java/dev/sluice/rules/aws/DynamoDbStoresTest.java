package dev.sluice.rules.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.Draft;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.DraftsContract;
import dev.sluice.rules.RuleSetCatalogContract;
import dev.sluice.rules.RuleSetKind;
import dev.sluice.rules.Samples;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Beside what the two ports promise, over the wire:
 *
 * <ul>
 *   <li>a write whose answer was lost counts as the write that it was;
 *   <li>an item that is not an entry, or not a draft, is unreadable by itself and left out of lists;
 *   <li>a service that fails, is silent or has no such table is unreachable.
 * </ul>
 */
class DynamoDbStoresTest {
    private final FakeDynamoDb server = new FakeDynamoDb();
    private final DynamoDbClient client = FakeDynamoDb.client(server.endpoint(), Duration.ofMinutes(1));
    private final DynamoDbBundleCatalog catalog =
            new DynamoDbBundleCatalog(client, FakeDynamoDb.TABLE, RuleSetKind.RULE_SETS);
    private final DynamoDbDrafts drafts = draftsOver(client);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Nested
    class Catalog extends RuleSetCatalogContract {
        @Override
        protected BundleCatalog catalog() {
            return catalog;
        }

        @Test
        void anEntryWhoseAnswerWasLostIsThere() {
            server.unheardWrites.set(1);

            catalog.add(Samples.info("demo", 1));

            assertThat(catalog.find("demo", 1)).contains(Samples.info("demo", 1));
        }

        @Test
        void anItemThatIsNotAnEntryIsLeftOutOfLists() {
            catalog.add(Samples.info("demo", 1));
            server.put("demo", "set#0000000002", Map.of("contentHash", "x"));
            server.put("demo", "set#000000000x", Map.of());

            assertThatThrownBy(() -> catalog.find("demo", 2)).isInstanceOf(UnreadableException.class);
            assertThat(catalog.between("demo", 1, 100)).containsExactly(Samples.info("demo", 1));
        }

        @Test
        void itsKeysSayWhatTheyAre() {
            catalog.add(Samples.info("demo", 12));

            assertThat(server.sorts("demo")).containsExactly("set#0000000012");
        }
    }

    @Nested
    class OfDrafts extends DraftsContract {
        @Override
        protected Drafts drafts() {
            return drafts;
        }

        @Test
        void aDraftWhoseAnswerWasLostIsStored() {
            server.unheardWrites.set(1);
            assertThat(drafts.store(Samples.draft("demo", "d", 1))).isTrue();
            server.unheardWrites.set(1);
            assertThat(drafts.store(Samples.draft("demo", "d", 2))).isTrue();

            assertThat(drafts.store(Samples.draft("demo", "d", 2))).isFalse();
        }

        @Test
        void anItemThatIsNotADraftIsLeftOutOfLists() {
            assertThat(drafts.store(Samples.draft("demo", "d", 1))).isTrue();
            server.put("demo", "draft#broken", Map.of("revision", "x"));

            assertThatThrownBy(() -> drafts.find("demo", "broken")).isInstanceOf(UnreadableException.class);
            assertThat(drafts.list("demo", 10))
                    .containsExactly(Samples.draft("demo", "d", 1).info());
        }
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        server.failures.set(1_000);

        unreachable(client, FakeDynamoDb.TABLE);
    }

    @Test
    void aServiceWithoutTheTableIsUnreachable() {
        unreachable(client, "another-table");
    }

    @Test
    void aSilentServiceIsUnreachable() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DynamoDbClient impatient = FakeDynamoDb.client(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(100))) {
            // Without a limit it would never end.
            unreachable(impatient, FakeDynamoDb.TABLE);
        }
    }

    private static void unreachable(DynamoDbClient client, String table) {
        var catalog = new DynamoDbBundleCatalog(client, table, RuleSetKind.RULE_SETS);
        var drafts = new DynamoDbDrafts(client, table, () -> UUID.randomUUID().toString());
        Draft draft = Samples.draft("demo", "d", 1);
        for (Runnable call : new Runnable[] {
            () -> catalog.add(Samples.info("demo", 1)),
            () -> assertThat(catalog.find("demo", 1)).isEmpty(),
            () -> assertThat(catalog.between("demo", 1, 9)).isEmpty(),
            catalog::probe,
            () -> assertThat(drafts.store(draft)).isTrue(),
            () -> assertThat(drafts.find("demo", "d")).isEmpty(),
            () -> assertThat(drafts.list("demo", 9)).isEmpty(),
            () -> assertThat(drafts.remove("demo", "d", 1)).isTrue()
        }) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageStartingWith("DynamoDB did not answer a ");
        }
    }

    private static DynamoDbDrafts draftsOver(DynamoDbClient client) {
        return new DynamoDbDrafts(
                client, FakeDynamoDb.TABLE, () -> UUID.randomUUID().toString());
    }
}
