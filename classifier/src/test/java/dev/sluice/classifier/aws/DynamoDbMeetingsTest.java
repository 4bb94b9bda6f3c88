package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Meeting;
import dev.sluice.classifier.Meetings;
import dev.sluice.classifier.MeetingsContract;
import dev.sluice.classifier.Server;
import dev.sluice.classifier.StoreLoss;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Beside the contract: no person can have the key of a meeting; its first form is read for ever, what is none is not read;
 * a service that fails is unreachable.
 */
class DynamoDbMeetingsTest extends MeetingsContract {
    private static final String FIRST_FORM = """
            {"v":1,"place":"sluice:epoch:7","version":3,"process":"p3","data":"d1","losses":[
            {"kind":"replaced","at":"2026-11-21T12:00:00.5Z","share":"0-5460"},
            {"kind":"emptied","at":"2026-11-21T13:00:00Z","share":"*"}],"writer":"w3"}""".replace("\n", "");

    private final FakeAws aws = new FakeAws();
    private final DynamoDbClient client = AwsClients.dynamoDb(aws.endpoint());
    private final DynamoDbMeetings meetings =
            new DynamoDbMeetings(client, FakeAws.IDENTITIES, Runnable::run, Duration.ofMinutes(1));

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Override
    protected Meetings meetings() {
        return meetings;
    }

    @Test
    void noPersonHasTheKeyOfAMeeting() {
        assertThatThrownBy(() -> PersonKey.parse(DynamoDbMeetings.PREFIX + "sluice:epoch"))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void theFirstFormIsReadForEver() {
        var meeting = new Meeting(
                "sluice:epoch:7",
                3,
                new Server("p3", "d1"),
                List.of(
                        new Meeting.Loss(StoreLoss.Kind.REPLACED, Instant.parse("2026-11-21T12:00:00.5Z"), "0-5460"),
                        new Meeting.Loss(StoreLoss.Kind.EMPTIED, Instant.parse("2026-11-21T13:00:00Z"), "*")),
                "w3");
        byte[] bytes = FIRST_FORM.getBytes(StandardCharsets.UTF_8);

        assertThat(MeetingJson.read(bytes)).isEqualTo(meeting);
        assertThat(MeetingJson.read(MeetingJson.write(meeting))).isEqualTo(meeting);
        for (String broken : List.of("{}", FIRST_FORM.replace("emptied", "lost"), FIRST_FORM.replace("T13", "13"))) {
            assertThatThrownBy(() -> MeetingJson.read(broken.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        aws.failures.set(1_000);

        assertThat(meetings.read("a")).isInstanceOf(Answer.Unreachable.class);
        assertThat(meetings.write(new Meeting("a", 1, new Server("p", "d"), List.of(), "w")))
                .isEqualTo(WriteResult.UNREACHABLE);
    }
}
