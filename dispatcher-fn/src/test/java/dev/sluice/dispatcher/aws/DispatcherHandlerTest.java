package dev.sluice.dispatcher.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.sluice.dispatcher.Dispatch;
import dev.sluice.dispatcher.Samples;
import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.dispatcher.memory.MemorySetAsides;
import dev.sluice.dispatcher.web.HttpClassification;
import dev.sluice.dispatcher.web.StandInClassifier;
import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.rules.RuleSetJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The handler with the JSON that Lambda sends, read and written by Lambda's own serializers, and a classifier over HTTP:
 * three records, the second of which is poison.
 */
class DispatcherHandlerTest {
    private static final String WANTED = Samples.track("demo", "Ad Clicked", "m1");
    private static final String DONE = "{\"v\":1,\"classified\":1,\"ignored\":0,\"retry\":[],\"setAside\":[]}";
    private static final String SECOND = "49546986683135544286507457936321625675700192471156785155";
    private static final String THIRD = "49546986683135544286507457936321625675700192471156785156";

    private final StandInClassifier classifier = new StandInClassifier();
    private final MemorySetAsides aside = new MemorySetAsides();
    private final MemoryRuleSets ruleSets = new MemoryRuleSets();
    private final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    private final Dispatch dispatcher = new Dispatch(
            new Dispatch.Ports(
                    ruleSets, new HttpClassification(classifier.address(), Duration.ofMinutes(5)), aside, reports),
            Dispatch.Host.of("env-1"));
    private final DispatcherHandler handler = new DispatcherHandler(dispatcher);

    DispatcherHandlerTest() throws IOException {}

    @BeforeEach
    void publishAndHearWhatTheClassifierRuns() {
        ruleSets.publish("demo", 1, RuleSetJson.write(Samples.naming("demo", 1, "Ad Clicked")));
        classifier.answers(200, DONE.replace("}", ",\"ruleSets\":{\"demo\":1}}"));
        dispatcher.dispatch(List.of(Samples.record("0", WANTED)));
        classifier.request();
    }

    @AfterEach
    void stop() {
        classifier.close();
    }

    @Test
    void allIsDoneAndPoisonIsSetAsideUnderItsOwnHour() throws IOException {
        classifier.answers(200, DONE);

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(LineBatch.decode(classifier.request().body(), 10_000))
                .containsExactly(WANTED.getBytes(StandardCharsets.UTF_8));
        RejectedEvent kept = Objects.requireNonNull(aside.kept().get(SECOND));
        assertThat(kept.bytes()).isEqualTo("not gzip".getBytes(StandardCharsets.UTF_8));
        assertThat(kept.receivedAt()).isEqualTo(Samples.ARRIVED);
    }

    @Test
    void theRecordWithALineToRetryIsNamed() throws IOException {
        classifier.answers(
                200, DONE.replace("\"classified\":1", "\"classified\":0").replace("\"retry\":[]", "\"retry\":[0]"));

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + THIRD + "\"}]}");
    }

    @Test
    void anOverloadedClassifierMakesTheRecordComeAgain() throws IOException {
        classifier.answers(503, "");

        assertThat(handle()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + THIRD + "\"}]}");
    }

    @Test
    void warmingUpNeedsNothingOutside() {
        Wiring.prime();

        assertThat(aside.kept()).isEmpty();
    }

    private String handle() throws IOException {
        KinesisEvent event = LambdaEventSerializers.serializerFor(
                        KinesisEvent.class, DispatcherHandlerTest.class.getClassLoader())
                .fromJson(new ByteArrayInputStream(sample().getBytes(StandardCharsets.UTF_8)));
        var out = new ByteArrayOutputStream();
        StreamsEventResponse response = handler.handleRequest(event, new QuietContext());
        LambdaEventSerializers.serializerFor(StreamsEventResponse.class, DispatcherHandlerTest.class.getClassLoader())
                .toJson(response, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String sample() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(DispatcherHandlerTest.class.getResourceAsStream("/kinesis-event.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(
                            "$UNWANTED",
                            base64(Samples.record("1", Samples.track("demo", "Ad Watched", "m2"))
                                    .data()))
                    .replace("$POISON", base64("not gzip".getBytes(StandardCharsets.UTF_8)))
                    .replace("$WANTED", base64(Samples.record("1", WANTED).data()));
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
