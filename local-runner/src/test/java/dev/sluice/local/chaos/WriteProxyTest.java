package dev.sluice.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.Resources;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * Promises, with a real DynamoDB Local and the SDK: requests pass; a write whose answer does not come happened, both with
 * silence and with a broken connection, so that the SDK's own next attempt meets its own write; a late one happens after
 * its caller has given it up; a throttled or failed one did not happen; a fault meets as many attempts at the same write
 * as it says, and no read; after the calm everything passes.
 */
@ExtendWith(SharedServers.class)
class WriteProxyTest {
    /** Longer than any machine takes to write, and shorter than the faults that are to outlast it. */
    private static final Duration HASTY = Duration.ofSeconds(4);

    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final String table = "writes-" + UUID.randomUUID();
    private final FaultCounts counts = new FaultCounts();
    private final LocalServers servers;
    private final WriteProxy proxy;
    private final DynamoDbClient hasty;
    private final DynamoDbClient once;
    private final DynamoDbClient twice;

    WriteProxyTest(LocalServers servers) {
        this.servers = servers;
        this.proxy = WriteProxy.start(servers.dynamoDb().endpoint(), counts::happened);
        this.hasty = client(proxy.address(), HASTY, 1);
        this.once = client(proxy.address(), PATIENT, 1);
        this.twice = client(proxy.address(), PATIENT, 2);
    }

    @BeforeEach
    void createTable() {
        servers.clients().dynamoDb().createTable(Resources.profilesTable(table));
    }

    @AfterEach
    void close() {
        hasty.close();
        once.close();
        twice.close();
        proxy.close();
    }

    @Test
    void requestsPass() {
        put(once, "ann");

        assertThat(once.getItem(get -> get.tableName(table).key(key("ann"))).item())
                .isEqualTo(key("ann"));
        assertThatThrownBy(() -> put(once, "ann")).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(counts.total()).isZero();
    }

    @Test
    void aWriteWhoseAnswerDoesNotComeHappened() {
        proxy.arm(FaultsOf.lasting(FaultKind.WRITE_UNANSWERED, 60_000));

        assertThatThrownBy(() -> put(hasty, "ann")).isInstanceOf(SdkClientException.class);

        assertThat(exists("ann")).isTrue();
        assertThat(counts.of(FaultKind.WRITE_UNANSWERED)).isEqualTo(1);
    }

    @Test
    void aWriteWhoseConnectionBreaksHappenedAndTheNextAttemptMeetsIt() {
        proxy.arm(FaultsOf.kind(FaultKind.WRITE_RESET));

        assertThatThrownBy(() -> put(twice, "ann")).isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(exists("ann")).isTrue();
        assertThat(counts.of(FaultKind.WRITE_RESET)).isEqualTo(1);
    }

    @Test
    void aFaultMeetsAsManyAttemptsAtTheSameWriteAsItSays() {
        proxy.arm(FaultsOf.times(FaultKind.WRITE_RESET, 2));

        assertThatThrownBy(() -> put(twice, "ann")).isInstanceOf(SdkClientException.class);

        assertThat(exists("ann")).isTrue();
        assertThat(counts.of(FaultKind.WRITE_RESET)).isEqualTo(2);
        put(once, "bob");
        assertThat(counts.total()).isEqualTo(2);
    }

    @Test
    void aLateWriteHappensAfterItsCallerHasGivenItUp() {
        proxy.arm(FaultsOf.lasting(FaultKind.WRITE_LATE, 12_000));

        assertThatThrownBy(() -> put(hasty, "ann")).isInstanceOf(SdkClientException.class);

        assertThat(exists("ann")).isFalse();
        Eventually.until("the late write", () -> exists("ann"));
    }

    @Test
    void aRefusedWriteDidNotHappen() {
        proxy.arm(FaultsOf.kind(FaultKind.WRITE_THROTTLED));
        assertThatThrownBy(() -> put(once, "ann")).isInstanceOf(ProvisionedThroughputExceededException.class);
        proxy.arm(FaultsOf.kind(FaultKind.WRITE_FAILED));
        assertThatThrownBy(() -> put(once, "ann")).isInstanceOf(InternalServerErrorException.class);

        assertThat(exists("ann")).isFalse();
        proxy.arm(FaultsOf.kind(FaultKind.WRITE_THROTTLED));
        put(twice, "ann");
        assertThat(exists("ann")).isTrue();
    }

    @Test
    void readsAndWhatComesAfterTheCalmMeetNothing() {
        proxy.arm(FaultsOf.kind(FaultKind.WRITE_RESET));
        assertThat(once.getItem(get -> get.tableName(table).key(key("ann"))).hasItem())
                .isFalse();
        proxy.calm();
        put(once, "ann");

        assertThat(counts.total()).isZero();
    }

    private void put(DynamoDbClient client, String person) {
        client.putItem(
                put -> put.tableName(table).item(key(person)).conditionExpression("attribute_not_exists(person)"));
    }

    private boolean exists(String person) {
        return servers.clients()
                .dynamoDb()
                .getItem(get -> get.tableName(table).key(key(person)).consistentRead(true))
                .hasItem();
    }

    private static Map<String, AttributeValue> key(String person) {
        return Map.of("person", AttributeValue.fromS(person));
    }

    private static DynamoDbClient client(URI endpoint, Duration attempt, int attempts) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(PATIENT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(attempt)
                        .retryStrategy(retry -> retry.maxAttempts(attempts))
                        .build())
                .build();
    }
}
