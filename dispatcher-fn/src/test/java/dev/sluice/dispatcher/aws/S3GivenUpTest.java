package dev.sluice.dispatcher.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dispatcher.Classification;
import dev.sluice.dispatcher.Dispatch;
import dev.sluice.dispatcher.Samples;
import dev.sluice.dispatcher.StreamRecord;
import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.dispatcher.replay.GivenUp;
import dev.sluice.dispatcher.replay.Replay;
import dev.sluice.dispatcher.web.Nobody;
import dev.sluice.model.JsonText;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Promises: what the dispatcher set aside and what Lambda gave up of the events stream are found in the forms in which they are
 * written, and a replay has them classified; what is another function's, stream's or time's is not; one record that nobody can
 * read hides no other; an S3 that does not answer is no empty one.
 *
 * <p>The record of a batch that was given up is the one of "Retain discarded batch records", Lambda Developer Guide, Kinesis,
 * "Amazon S3 destination" (read 2026-11-21): the event is a text in {@code payload}.
 */
class S3GivenUpTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);

    private final TestS3 server;
    private final S3Client s3;
    private final GivenUp givenUp;
    private final Instant now = Instant.now();
    private final List<String> classified = new ArrayList<>();

    S3GivenUpTest(@TempDir Path folder) throws Exception {
        server = new TestS3(folder);
        s3 = server.client();
        givenUp = new S3GivenUp(s3, "lake", "events");
    }

    @BeforeEach
    void makeBucket() {
        s3.createBucket(request -> request.bucket("lake"));
        put("events/2026/11/21/06/a", "none of ours");
    }

    @AfterEach
    void stop() throws Exception {
        s3.close();
        server.stop();
    }

    @Test
    void aBatchThatLambdaGaveUpIsClassified() {
        String one = Samples.track("demo", "Order", "1");
        String two = Samples.track("demo", "Order", "2");
        givenUp("stream/events", now, data(one), data(two, one));

        assertThat(replay()).isEqualTo(new Replay.Summary(1, 3, 0, 0, Optional.empty()));
        assertThat(classified).containsExactly(one, two, one);
        assertThat(replay()).isEqualTo(new Replay.Summary(1, 3, 0, 0, Optional.empty()));
    }

    @Test
    void whatTheDispatcherSetAsideIsClassified() {
        String good = Samples.track("demo", "Order", "1");
        dispatch(new Classification.Refused("the classifier answered 422"), good, "no event");

        assertThat(givenUp.names(Samples.ARRIVED, Samples.ARRIVED.plusSeconds(1)))
                .hasSize(2);
        var summary = new Replay(givenUp, this::classify, pause -> {})
                .run(Samples.ARRIVED, Samples.ARRIVED.plusSeconds(1), false);

        assertThat(summary).isEqualTo(new Replay.Summary(2, 2, 0, 0, Optional.empty()));
        assertThat(classified).containsExactlyInAnyOrder(good, "no event");
    }

    @Test
    void whatIsAnothersIsNot() {
        put("set-aside/propagator/" + DAY.format(now) + "/" + "06/x.json", "{}");
        put("aws/lambda/async/f/" + DAY.format(now) + "/x", "{}");
        givenUp("stream/old-events", now, "not even base64");
        givenUp("stream/events", now.minus(Duration.ofDays(5)), data("x"));
        givenUp("stream/events", now.plus(Duration.ofDays(5)), data("x"));

        assertThat(replay()).isEqualTo(new Replay.Summary(1, 0, 0, 0, Optional.empty()));
    }

    @Test
    void whatNobodyCanReadHidesNoOther() {
        givenUp("stream/events", now, "not base64!", Base64.getEncoder().encodeToString(new byte[] {1, 2}), data("x"));
        put("aws/lambda/6a1f/shardId-000000000001/" + DAY.format(now) + "/html", "<html>");
        put(
                "set-aside/dispatcher/" + DAY.format(now)
                        + DateTimeFormatter.ofPattern("/HH")
                                .withZone(ZoneOffset.UTC)
                                .format(now) + "/x.json",
                "{}");

        assertThat(replay()).isEqualTo(new Replay.Summary(3, 1, 0, 4, Optional.empty()));
        assertThat(classified).containsExactly("x");
    }

    @Test
    void anS3ThatDoesNotAnswerIsNoEmptyOne() throws IOException {
        try (var nobody = new Nobody();
                S3Client client = TestS3.clientOf(nobody)) {
            var away = new S3GivenUp(client, "lake", "events");
            assertThatThrownBy(() -> away.names(now, now.plusSeconds(1)))
                    .isInstanceOf(GivenUp.UnavailableException.class);
            assertThatThrownBy(() -> away.read("x")).isInstanceOf(GivenUp.UnavailableException.class);
        }
    }

    private Replay.Summary replay() {
        return new Replay(givenUp, this::classify, pause -> {})
                .run(now.minusSeconds(3_600), now.plusSeconds(3_600), false);
    }

    private Classification.Verdict classify(List<byte[]> lines) {
        lines.forEach(line -> classified.add(new String(line, StandardCharsets.UTF_8)));
        return new Classification.Classified(Set.of(), List.of(), Map.of());
    }

    private void dispatch(Classification.Verdict verdict, String... lines) {
        var ruleSets = new MemoryRuleSets();
        ruleSets.publish("demo", 1, RuleSetJson.write(Samples.naming("demo", 1, "Order")));
        var ports =
                new Dispatch.Ports(ruleSets, any -> verdict, new S3SetAsides(s3, "lake"), new MemoryRuleSetReports());
        StreamRecord record = Samples.record("42", lines);
        assertThat(new Dispatch(ports, Dispatch.Host.of("env-1"))
                        .dispatch(List.of(record))
                        .aside())
                .isEqualTo(2);
    }

    private static String data(String... lines) {
        return Base64.getEncoder().encodeToString(Samples.record("1", lines).data());
    }

    private void givenUp(String source, Instant day, String... data) {
        String records = String.join(
                ",",
                Stream.of(data)
                        .map(
                                "{\"kinesis\":{\"sequenceNumber\":\"1\",\"data\":\"%s\"},\"eventSource\":\"aws:kinesis\"}"
                                        ::formatted)
                        .toList());
        byte[] object = JsonText.writeObject(json -> {
            json.writeStringProperty("version", "1.0");
            json.writeObjectPropertyStart("KinesisBatchInfo");
            json.writeStringProperty("shardId", "shardId-000000000001");
            json.writeStringProperty("streamArn", "arn:aws:kinesis:us-east-2:123456789012:" + source);
            json.writeEndObject();
            json.writeStringProperty("payload", "{\"Records\":[" + records + "]}");
        });
        put(
                "aws/lambda/6a1f/shardId-000000000001/" + DAY.format(day) + "/" + source.hashCode() + data.length,
                new String(object, StandardCharsets.UTF_8));
    }

    private void put(String key, String text) {
        s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(text));
    }
}
