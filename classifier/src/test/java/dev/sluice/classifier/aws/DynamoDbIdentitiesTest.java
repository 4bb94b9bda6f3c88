package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Identities;
import dev.sluice.classifier.IdentitiesContract;
import dev.sluice.classifier.Identity;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Beside what every {@link Identities} promises: a write whose answer was lost is written; a service that fails is
 * unreachable. What is true of all versioned items {@link DynamoDbProfilesTest} tries.
 */
class DynamoDbIdentitiesTest extends IdentitiesContract {
    private static final PersonKey ONE = Samples.person("one");

    private final FakeAws aws = new FakeAws();
    private final ExecutorService requests = Executors.newFixedThreadPool(8);
    private final DynamoDbClient client = AwsClients.dynamoDb(aws.endpoint());
    private final DynamoDbIdentities identities = new DynamoDbIdentities(client, FakeAws.IDENTITIES, requests);

    @AfterEach
    void close() {
        client.close();
        requests.shutdownNow();
        aws.close();
    }

    @Override
    protected Identities identities() {
        return identities;
    }

    @Test
    void aWriteWhoseAnswerWasLostIsWritten() {
        aws.unheardWrites.set(1);

        assertThat(identities.write(List.of(Identity.unknown(ONE).with(Samples.person("two"), 0, "w"))))
                .containsValue(WriteResult.WRITTEN);
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        aws.failures.set(1_000);

        assertThat(identities.read(List.of(ONE)).get(ONE)).isInstanceOf(Answer.Unreachable.class);
        assertThat(identities.write(List.of(Identity.unknown(ONE).with(Samples.person("two"), 0, "w"))))
                .containsValue(WriteResult.UNREACHABLE);
    }
}
