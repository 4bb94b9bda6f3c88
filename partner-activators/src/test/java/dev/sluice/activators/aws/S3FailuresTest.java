package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Lives;
import dev.sluice.activators.delivery.Replay;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Promises of reading failures: what was set aside of a connection and what Lambda gave up of the stream are found, both in
 * the forms in which they are written; what is another's (account, connection, stream, time) is not; what nobody can read
 * is counted and hides nothing else; a bucket that does not answer is no empty bucket.
 *
 * <p>The record of a batch that was given up is the one that AWS shows in "Retain discarded batch records", Lambda
 * Developer Guide, Kinesis, "Amazon S3 destination" (read 2026-11-21): the event is a text in {@code payload}.
 */
final class S3FailuresTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final Instant AT = Instant.parse("2026-01-21T06:59:59Z");
    private static final Instant FROM = Instant.parse("2026-01-20T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-22T00:00:00Z");

    private final FakeAws aws = new FakeAws();
    private final S3Client s3 = AwsClients.s3(true, FakeAws.PATIENCE);
    private final S3SetAside setAside = new S3SetAside(s3, "lake");
    private final S3Failures failures = new S3Failures(s3, "lake");
    private final LedgerKey ann = new LedgerKey("c1", new PersonKey("demo", "ann"));
    private final LedgerKey bob = new LedgerKey("c1", new PersonKey("demo", "bob"));
    private int batches;

    @BeforeEach
    void somethingElseLiesThere() {
        put("plans/demo/0000000001.json", "{}");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void whatAPartnerRefusedIsFound() {
        refused("c1", "demo", "ann", "a", AT);
        refused("c1", "demo", "ann", "b", AT.plusSeconds(2));
        refused("c1", "demo", "bob", "a", AT);

        S3Failures.Read read = read();

        assertThat(read.unreadable()).isZero();
        assertThat(read.people()).containsOnlyKeys(ann, bob);
        assertThat(read.people().get(ann)).isEqualTo(new Replay.Part(Set.of("a", "b"), List.of()));
    }

    @Test
    void whatWasSetAsideTogetherIsFoundAndALineThatNobodyCanReadHidesNoOther() {
        setAside.keepAll(List.of(refusal("c1", "demo", "ann", "a", AT), refusal("c1", "demo", "bob", "b", AT)));
        String key = "set-aside/c1/2026/01/21/06/";
        refused("c1", "demo", "ann", "c", AT);
        String line = aws.objects().entrySet().stream()
                .filter(object -> object.getKey().endsWith("/demoannc.json"))
                .map(object -> new String(object.getValue(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
        put(key + "damaged-2.json", "<html>\n" + line.replace("\"id\":\"demoannc\"", "\"id\":\"other\""));
        put(key + "empty.json", "");

        S3Failures.Read read = read();

        assertThat(read.unreadable()).isEqualTo(2);
        assertThat(read.people())
                .isEqualTo(Map.of(
                        ann, new Replay.Part(Set.of("a", "c"), List.of()),
                        bob, new Replay.Part(Set.of("b"), List.of())));
    }

    @Test
    void whatIsAnothersOrOfAnotherTimeIsNotFound() {
        refused("c2", "demo", "ann", "a", AT);
        refused("c1", "other", "ann", "a", AT);
        refused("c1", "demo", "ann", "a", FROM.minusMillis(1));
        refused("c1", "demo", "ann", "a", TO);

        assertThat(read()).isEqualTo(new S3Failures.Read(Map.of(), 0));
    }

    @Test
    void aLineThatAnAdapterStumbledOverIsFound() {
        ProfileChange change = new Lives("ann").in("a");
        setAside.keep(new SetAside.Item("c1", "1", AT, "the adapter failed", ProfileChangeJson.write(change)));

        assertThat(read().people().get(ann)).isEqualTo(new Replay.Part(Set.of(), List.of(change)));
    }

    @Test
    void aBatchThatLambdaGaveUpIsFound() {
        ProfileChange first = new Lives("ann").in("a");
        ProfileChange second = new Lives("bob").in("a");
        givenUp(
                "KinesisBatchInfo",
                "stream/activations",
                data(ProfileChangeJson.write(first)),
                data(ProfileChangeJson.write(second)));

        S3Failures.Read read = sinceTheEpoch();

        assertThat(read.unreadable()).isZero();
        assertThat(read.people().get(ann)).isEqualTo(new Replay.Part(Set.of(), List.of(first)));
        assertThat(read.people().get(bob)).isEqualTo(new Replay.Part(Set.of(), List.of(second)));
    }

    @Test
    void aBatchAsLargeAsTheyComeIsRead() {
        ProfileChange change = new Lives("ann").in("a");
        byte[] padding = new byte[1_000_000];
        new Random(7).nextBytes(padding);
        String noise = Base64.getEncoder().encodeToString(padding);
        givenUp("KinesisBatchInfo", "stream/activations", noise, noise, noise, data(ProfileChangeJson.write(change)));

        S3Failures.Read read = sinceTheEpoch();

        assertThat(read.people()).containsOnlyKeys(ann);
        assertThat(read.unreadable()).isEqualTo(3);
    }

    @Test
    void batchesOfOtherStreamsAndTimesAreNoneOfOurs() {
        String line = data(ProfileChangeJson.write(new Lives("ann").in("a")));
        givenUp("KinesisBatchInfo", "stream/old-activations", line);
        givenUp("KinesisBatchInfo", "stream/events", "not even base64");
        givenUp("DDBStreamBatchInfo", "table/profiles/stream/2026", "of another kind");

        assertThat(sinceTheEpoch()).isEqualTo(new S3Failures.Read(Map.of(), 0));
        givenUp("KinesisBatchInfo", "stream/activations", line);
        assertThat(read().people()).as("given up now, asked for then").isEmpty();
    }

    @Test
    void onlyTheDaysThatAreMeantAreListed() {
        String line = data(ProfileChangeJson.write(new Lives("ann").in("a")));
        givenUp("KinesisBatchInfo", "stream/activations", line);
        put("aws/lambda/async/f/2026/11/21/x", "<html>");
        put("aws/lambda/6a1f/shardId-000000000001/2019/11/14/old", "<html>");
        put("aws/lambda/6a1f/shardId-000000000001/2999/11/14/new", "<html>");

        assertThat(sinceTheEpoch()).satisfies(read -> {
            assertThat(read.people()).containsOnlyKeys(ann);
            assertThat(read.unreadable()).isZero();
        });

        String shard = "aws/lambda/6a1f/shardId-000000000001/";
        assertThat(aws.listed())
                .filteredOn(list -> list.startsWith("aws/lambda/"))
                .allMatch(list -> list.equals("aws/lambda/|")
                        || list.equals("aws/lambda/6a1f/|")
                        || list.startsWith(shard + "|" + shard + "2"))
                .noneMatch(list -> list.contains("async"));
    }

    @Test
    void whatNobodyCanReadIsCountedAndHidesNothingElse() {
        ProfileChange change = new Lives("ann").in("a");
        byte[] poison = "{\"v\":99}".getBytes(StandardCharsets.UTF_8);
        givenUp(
                "KinesisBatchInfo",
                "stream/activations",
                "not base64!",
                Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}),
                data(poison, ProfileChangeJson.write(change)));
        put("aws/lambda/m/s/" + DAY.format(Instant.now()) + "/no-json", "<html>");

        S3Failures.Read read = sinceTheEpoch();

        assertThat(read.unreadable()).isEqualTo(4);
        assertThat(read.people()).containsOnlyKeys(ann);
        put("set-aside/c1/2026/01/21/06/bad.json", "{\"v\":1,\"at\":\"" + AT + "\",\"bytes\":\"?\"}");
        assertThat(read().unreadable()).isEqualTo(1);
    }

    @Test
    void aBucketThatDoesNotAnswerIsNoEmptyBucket() {
        aws.down(true);
        assertThatThrownBy(this::read).isInstanceOf(UnreachableException.class);
    }

    @Test
    void noTimeIsLongerThanTheErasedAreRemembered() {
        assertThatThrownBy(() -> failures.read("demo", "c1", "activations", FROM, FROM.plusSeconds(36L * 86_400)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private S3Failures.Read read() {
        return failures.read("demo", "c1", "activations", FROM, TO);
    }

    /** The stand-in says that every object was written now. */
    private S3Failures.Read sinceTheEpoch() {
        Instant now = Instant.now();
        return failures.read("demo", "c1", "activations", now.minusSeconds(3600), now.plusSeconds(3600));
    }

    private void refused(String connection, String account, String person, String segment, Instant at) {
        assertThat(setAside.keep(refusal(connection, account, person, segment, at)))
                .isTrue();
    }

    private static SetAside.Item refusal(String connection, String account, String person, String segment, Instant at) {
        byte[] payload = JsonText.writeObject(json -> {
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("account", account);
            json.writeStringProperty("connection", connection);
            json.writeStringProperty("person", person);
            json.writeStringProperty("segment", segment);
        });
        return new SetAside.Item(connection, account + person + segment, at, "no", payload);
    }

    private static String data(byte[]... lines) {
        return Base64.getEncoder().encodeToString(LineBatch.encode(List.of(lines)));
    }

    private void givenUp(String info, String source, String... data) {
        String records = String.join(",", Stream.of(data).map("""
                            {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"49590338271490256608559692538361571095921575989136588898","data":"%s","approximateArrivalTimestamp":1545084650.987},\
                            "eventSource":"aws:kinesis","eventVersion":"1.0","eventName":"aws:kinesis:record","awsRegion":"us-east-2"}"""::formatted).toList());
        byte[] object = JsonText.writeObject(json -> {
            json.writeObjectPropertyStart("requestContext");
            json.writeStringProperty("requestId", "c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5");
            json.writeStringProperty("functionArn", "arn:aws:lambda:us-east-2:123456789012:function:myfunction");
            json.writeStringProperty("condition", "RetryAttemptsExhausted");
            json.writeNumberProperty("approximateInvokeCount", 1);
            json.writeEndObject();
            json.writeObjectPropertyStart("responseContext");
            json.writeNumberProperty("statusCode", 200);
            json.writeStringProperty("executedVersion", "$LATEST");
            json.writeStringProperty("functionError", "Unhandled");
            json.writeEndObject();
            json.writeStringProperty("version", "1.0");
            json.writeStringProperty("timestamp", "2019-11-14T00:38:06.021Z");
            json.writeObjectPropertyStart(info);
            json.writeStringProperty("shardId", "shardId-000000000001");
            json.writeStringProperty("startSequenceNumber", "1");
            json.writeStringProperty("endSequenceNumber", "2");
            json.writeStringProperty("approximateArrivalOfFirstRecord", "2019-11-14T00:38:04.835Z");
            json.writeStringProperty("approximateArrivalOfLastRecord", "2019-11-14T00:38:05.580Z");
            json.writeNumberProperty("batchSize", data.length);
            json.writeStringProperty("streamArn", "arn:aws:kinesis:us-east-2:123456789012:" + source);
            json.writeEndObject();
            json.writeStringProperty("payload", "{\"Records\":[" + records + "]}");
        });
        batches++;
        put(
                "aws/lambda/6a1f/shardId-000000000001/" + DAY.format(Instant.now()) + "/given-up-" + batches,
                new String(object, StandardCharsets.UTF_8));
    }

    private void put(String key, String text) {
        s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(text));
    }
}
