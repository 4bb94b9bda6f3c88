package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.sluice.activators.Environment;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.People;
import dev.sluice.activators.propagator.GapWatch;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises of the propagator as deployed, from Lambda's JSON to Kinesis and S3 through the real clients:
 *
 * <ul>
 *   <li>records that are about as old as the stream keeps any are an alarm
 *   <li>a stream's event becomes changes, poison goes to S3 with all its attributes, the answer is empty
 *   <li>a throttled record is put again; a stream that stays down gives a partial-batch answer
 *   <li>it does not start without its configuration
 * </ul>
 */
final class PropagatorHandlerTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "SLUICE_ACTIVATIONS_STREAM", "activations", "SLUICE_LAKE_BUCKET", "lake", "SLUICE_S3_PATH_STYLE", "true");

    private final FakeAws aws = new FakeAws();
    private final DynamodbEvent event = LambdaJson.event("/events/dynamodb.json", DynamodbEvent.class);
    private final LambdaCall call = new LambdaCall(60_000);
    private Duration late = Duration.ZERO;

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aStreamsEventBecomesChanges() {
        String answer = handle();

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(People.texts(aws.records()))
                .containsExactly("u1 1 +new-player", "u1 2 +skips-ads", "u1 4 -new-player");
        assertThat(call.log())
                .isEqualTo(
                        "{\"function\":\"propagator\",\"records\":4,\"changes\":3,\"setAside\":1,\"failedAt\":\"\",\"gap\":\"\"}"
                                + System.lineSeparator());
    }

    @Test
    void recordsAsOldAsTheStreamKeepsThemAreAnAlarmThatIsNoted() {
        late = Duration.ofHours(24);

        handle();

        assertThat(call.log()).contains("\"gap\":\"old-records\"");
        assertThat(aws.objects()).containsKey("/lake/propagator/gap.json");
    }

    @Test
    void poisonIsSetAsideWithAllItsAttributes() {
        handle();

        assertThat(aws.objects())
                .containsOnlyKeys(
                        "/lake/propagator/progress.json", "/lake/set-aside/propagator/2026/11/21/06/103.json");
        Value.Fields item = JsonText.readObject(
                Objects.requireNonNull(aws.objects().get("/lake/set-aside/propagator/2026/11/21/06/103.json")));
        assertThat(item.text("reason")).startsWith("NewImage: not JSON");
        String payload = new String(Base64.getDecoder().decode(item.text("bytes")), StandardCharsets.UTF_8);
        assertThat(payload)
                .contains(
                        "\"SequenceNumber\":\"103\"", "\"profile\":{\"S\":\"no profile\"}", "\"blob\":{\"B\":\"AAEC\"}")
                .contains("\"flags\":{\"L\":[{\"BOOL\":true},{\"NULL\":true}]}", "\"names\":{\"SS\":[\"a\"]}")
                .contains("\"deep\":{\"M\":{\"n\":{\"N\":\"1.50\"}}}", "\"OldImage\":{");
    }

    @Test
    void aThrottledRecordIsPutAgain() {
        aws.refuse(People.slot("u1"), 2);

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(aws.records()).hasSize(1);
    }

    @Test
    void aStreamThatStaysThrottledGivesAPartialBatchAnswer() {
        aws.refuse(People.slot("u1"), 1000);

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"101\"}]}");
    }

    @Test
    void nothingIsTakenForDoneWhenAwsIsDown() {
        aws.down(true);

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"101\"}]}");
    }

    @Test
    void itDoesNotStartWithoutItsConfiguration() {
        assertThatThrownBy(() -> PropagatorConfig.of(new Environment(Map.of())))
                .hasMessage("SLUICE_ACTIVATIONS_STREAM is not set");
        assertThatThrownBy(() -> PropagatorConfig.of(new Environment(Map.of(
                        "SLUICE_ACTIVATIONS_STREAM", "a", "SLUICE_LAKE_BUCKET", "b", "SLUICE_S3_PATH_STYLE", "yes"))))
                .hasMessage("SLUICE_S3_PATH_STYLE must be true or false");
    }

    private String handle() {
        var propagator = PropagatorWiring.propagator(PropagatorConfig.of(new Environment(VARIABLES)), FakeAws.PATIENCE);
        var marks = new S3Marks(AwsClients.s3(true, FakeAws.PATIENCE), "lake");
        var handler = new PropagatorHandler(propagator, new GapWatch(marks, () -> People.AT.plus(late)));
        return LambdaJson.text(handler.handleRequest(event, call), StreamsEventResponse.class);
    }
}
