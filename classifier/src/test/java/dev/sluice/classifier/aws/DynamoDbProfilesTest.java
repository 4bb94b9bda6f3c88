package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.ProfilesContract;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Beside what every {@link Profiles} promises:
 *
 * <ul>
 *   <li>keys that DynamoDB leaves unprocessed are asked for again, so often and not more;
 *   <li>a write whose answer was lost is written, not a conflict;
 *   <li>a call about many people ends in time, however many wait for their turn; who is turned away is unreachable;
 *   <li>what cannot be read is said so; a service that fails or does not answer is unreachable, in time.
 * </ul>
 */
class DynamoDbProfilesTest extends ProfilesContract {
    private static final PersonKey ONE = Samples.person("one");
    private static final PersonKey TWO = Samples.person("two");
    private static final PersonKey THREE = Samples.person("three");

    private final FakeAws aws = new FakeAws();
    private final ExecutorService requests = Executors.newFixedThreadPool(8);
    private final DynamoDbClient client = AwsClients.dynamoDb(aws.endpoint());
    private final DynamoDbProfiles profiles =
            new DynamoDbProfiles(client, FakeAws.TABLE, requests, Duration.ofMinutes(2));

    @AfterEach
    void close() {
        client.close();
        requests.shutdownNow();
        aws.close();
    }

    @Override
    protected Profiles profiles() {
        return profiles;
    }

    @Test
    void unprocessedKeysAreAskedForAgain() {
        assertThat(write(Samples.profile(TWO, 1, "w", "a"))).isEqualTo(WriteResult.WRITTEN);
        aws.partialReads.set(2);

        assertThat(profiles.read(List.of(ONE, TWO, THREE)))
                .isEqualTo(Map.of(
                        ONE, new Answer.Found<>(Optional.empty()),
                        TWO, new Answer.Found<>(Optional.of(Samples.profile(TWO, 1, "w", "a"))),
                        THREE, new Answer.Found<>(Optional.empty())));
    }

    @Test
    void keysLeftUnprocessedTooOftenAreUnreachable() {
        aws.partialReads.set(1_000);
        List<PersonKey> many = List.of(ONE, TWO, THREE, key("4"), key("5"), key("6"), key("7"), key("8"));

        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = profiles.read(many);

        assertThat(answers.values().stream().filter(Answer.Found.class::isInstance))
                .hasSize(5);
        assertThat(answers.values().stream().filter(Answer.Unreachable.class::isInstance))
                .hasSize(3);
        assertThat(aws.partialReads.get()).isEqualTo(995);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsWritten() {
        aws.unheardWrites.set(1);
        assertThat(write(Samples.profile(ONE, 1, "w1", "a"))).isEqualTo(WriteResult.WRITTEN);
        aws.unheardWrites.set(1);
        assertThat(write(Samples.profile(ONE, 2, "w2", "b"))).isEqualTo(WriteResult.WRITTEN);
    }

    @Test
    void aStoredProfileThatIsNotOneIsUnreadable() {
        aws.putItem(ONE.qualified(), "{\"v\":99}");

        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = profiles.read(List.of(ONE, TWO));

        assertThat(answers.get(ONE)).isInstanceOf(Answer.Unreadable.class);
        assertThat(answers.get(TWO)).isInstanceOf(Answer.Found.class);
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        aws.failures.set(1_000);

        assertThat(profiles.read(List.of(ONE)).get(ONE)).isInstanceOf(Answer.Unreachable.class);
        assertThat(write(Samples.profile(ONE, 1, "w", "a"))).isEqualTo(WriteResult.UNREACHABLE);
    }

    @Test
    void aServiceThatDoesNotAnswerIsUnreachable() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var slow = AwsClients.dynamoDb(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(200))) {
            var unheard = new DynamoDbProfiles(slow, FakeAws.TABLE, requests);

            // Without a limit neither would ever end.
            assertThat(unheard.read(List.of(ONE)).get(ONE)).isInstanceOf(Answer.Unreachable.class);
            assertThat(unheard.write(List.of(Samples.profile(ONE, 1, "w", "a"))))
                    .containsValue(WriteResult.UNREACHABLE);
        }
    }

    @Test
    void aCallAboutManyPeopleEnds() throws IOException {
        List<SegmentedProfile> many = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            many.add(Samples.profile(key("many" + i), 1, "w", "a"));
        }
        List<PersonKey> keys = many.stream().map(SegmentedProfile::key).toList();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var slow = AwsClients.dynamoDb(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300))) {
            var unheard = new DynamoDbProfiles(slow, FakeAws.TABLE, requests, Duration.ofMillis(500));

            // Without a limit neither would ever end.
            assertThat(unheard.write(many)).hasSize(400).containsValue(WriteResult.UNREACHABLE);
            assertThat(unheard.read(keys))
                    .hasSize(400)
                    .allSatisfy((key, answer) -> assertThat(answer).isInstanceOf(Answer.Unreachable.class));
        }
    }

    @Test
    void whoIsTurnedAwayIsUnreachable() {
        requests.shutdownNow();

        assertThat(profiles.write(List.of(Samples.profile(ONE, 1, "w", "a"), Samples.profile(TWO, 1, "w", "a"))))
                .isEqualTo(Map.of(ONE, WriteResult.UNREACHABLE, TWO, WriteResult.UNREACHABLE));
    }

    private WriteResult write(SegmentedProfile profile) {
        return profiles.write(List.of(profile)).getOrDefault(profile.key(), WriteResult.UNREACHABLE);
    }

    private static PersonKey key(String id) {
        return Samples.person(id);
    }
}
