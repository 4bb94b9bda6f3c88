package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.FakeAws;
import dev.sluice.activators.aws.S3LostVersions;
import dev.sluice.activators.aws.S3SetAside;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.propagator.Propagator;
import dev.sluice.activators.propagator.PropagatorLimits;
import dev.sluice.activators.propagator.Republication;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Promises: the batches of the table's stream that Lambda gave up and what the propagator set aside are found in the forms in
 * which they are written, and made good for their people; what is another table's, function's, account's or time's is not; what
 * nobody can read is counted, and the exit status says so; a bucket that does not answer is no empty one; done twice it says
 * the same; a wrong command does nothing.
 *
 * <p>The record of a batch that was given up is the one of "Retain discarded batch records", Lambda Developer Guide, DynamoDB
 * (read 2026-11-21): with S3 as destination the whole event is a text in {@code payload}.
 */
final class ReplayPropagatorCommandTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final String TABLE = "sluice-segmented-profiles";

    private final FakeAws aws = new FakeAws();
    private final S3Client s3 = AwsClients.s3(true);
    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final Map<PersonKey, byte[]> table = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int objects;

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aBatchThatWasGivenUpIsMadeGoodForItsPeople() throws Exception {
        store(People.profile("u1", 4, "skips-ads"));
        givenUp(TABLE, event());

        assertThat(run("--from", "2h")).isZero();

        assertThat(out).hasToString("4 lost versions of 1 people: put 2 lines%n".formatted());
        assertThat(People.lines(sink.kept()))
                .hasSize(2)
                .allMatch(line -> line.key().person().equals("u1"));
    }

    @Test
    void whatItSetAsideIsMadeGood() {
        store(People.profile("u9", 4, "a"));
        setAside(Propagator.FUNCTION, "demo/u9");
        setAside("another", "demo/u8");

        assertThat(run("--from", "2026-11-21T06:00:00Z", "--to", "2026-11-21T07:00:00Z"))
                .isZero();
        assertThat(run("--from", "2026-11-21T07:00:00Z", "--to", "2026-11-21T08:00:00Z"))
                .isZero();

        assertThat(out)
                .hasToString("1 lost versions of 1 people: put 1 lines%n0 lost versions of 0 people: put 0 lines%n"
                        .formatted());
        assertThat(People.lines(sink.kept()))
                .singleElement()
                .satisfies(line -> assertThat(line.key()).isEqualTo(new PersonKey("demo", "u9")));
    }

    @Test
    void whatIsAnothersIsNotTouched() throws Exception {
        store(People.profile("u1", 4, "skips-ads"));
        givenUp("other-" + TABLE, event());

        assertThat(run("--from", "2h")).isZero();
        givenUp(TABLE, event());
        assertThat(run("--from", "2h", "--account", "other")).isZero();
        assertThat(run("--from", "4h", "--to", "2h")).isZero();

        assertThat(out)
                .hasToString(
                        "0 lost versions of 0 people: put 0 lines%n".formatted().repeat(3));
        assertThat(sink.kept()).isEmpty();
    }

    @Test
    void whatNobodyCanReadIsCountedAndHidesNothingElse() throws Exception {
        store(People.profile("u1", 4, "skips-ads"));
        givenUp(TABLE, "{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{}}]}");
        givenUp(TABLE, event());
        put("<html>");

        assertThat(run("--from", "2h")).isEqualTo(1);

        assertThat(out)
                .hasToString("4 lost versions of 1 people: put 2 lines; 2 objects or records could not be read%n"
                        .formatted());
    }

    @Test
    void doneTwiceItSaysTheSame() throws Exception {
        store(People.profile("u1", 4, "skips-ads"));
        givenUp(TABLE, event());

        assertThat(run("--from", "2h", "--dry-run")).isZero();
        assertThat(out).hasToString("4 lost versions of 1 people: would put 2 lines%n".formatted());
        assertThat(sink.kept()).isEmpty();
        run("--from", "2h");
        var once = People.lines(sink.kept());
        run("--from", "2h");

        assertThat(People.lines(sink.kept())).hasSize(4).hasSameElementsAs(once);
    }

    @Test
    void aBucketThatDoesNotAnswerIsNoEmptyOne() {
        aws.down(true);

        assertThat(run("--from", "2h")).isEqualTo(3);
        assertThat(err.toString()).contains("the failure bucket does not answer");
    }

    @Test
    void aWrongCommandDoesNothing() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--from", "yesterday")).isEqualTo(2);
        assertThat(run("--from", "36d")).isEqualTo(2);
        assertThat(err.toString()).contains("--from", "at most 35 days");
    }

    private int run(String... options) {
        var desk = new ReplayPropagatorCommand.Desk(
                new S3LostVersions(s3, "lake"),
                new Republication(
                        people -> {
                            Map<PersonKey, byte[]> found = new HashMap<>(table);
                            found.keySet().retainAll(people);
                            return found;
                        },
                        sink,
                        pause -> {},
                        PropagatorLimits.DEFAULT),
                TABLE,
                InstantSource.fixed(Instant.now().plusSeconds(60)));
        String[] args = new String[options.length + 1];
        args[0] = "--propagator";
        System.arraycopy(options, 0, args, 1, options.length);
        return ReplayPropagatorCommand.run(() -> desk, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void store(SegmentedProfile profile) {
        table.put(profile.key(), SegmentedProfileJson.write(profile));
    }

    private void setAside(String function, String person) {
        byte[] record = """
                {"eventName":"MODIFY","dynamodb":{"SequenceNumber":"9","Keys":{"person":{"S":"%s"}},\
                "NewImage":{"profile":{"S":"{}"}}}}""".formatted(person).getBytes(StandardCharsets.UTF_8);
        assertThat(new S3SetAside(s3, "lake").keep(new SetAside.Item(function, "9", People.AT, "poison", record)))
                .isTrue();
    }

    /** The stand-in says that every object was written now. */
    private void givenUp(String ofTable, String event) {
        byte[] object = JsonText.writeObject(json -> {
            json.writeObjectPropertyStart("requestContext");
            json.writeStringProperty("condition", "RetryAttemptsExhausted");
            json.writeEndObject();
            json.writeStringProperty("version", "1.0");
            json.writeObjectPropertyStart("DDBStreamBatchInfo");
            json.writeStringProperty("shardId", "shardId-00000001573689847184-864758bb");
            json.writeStringProperty("startSequenceNumber", "101");
            json.writeStringProperty("endSequenceNumber", "104");
            json.writeNumberProperty("batchSize", 4);
            json.writeStringProperty(
                    "streamArn",
                    "arn:aws:dynamodb:eu-west-1:000000000000:table/" + ofTable + "/stream/2026-11-21T00:00:00.000");
            json.writeEndObject();
            json.writeStringProperty("payload", event);
        });
        put(new String(object, StandardCharsets.UTF_8));
    }

    private void put(String text) {
        String key =
                "aws/lambda/6a1f/shardId-00000001573689847184-864758bb/" + DAY.format(Instant.now()) + "/" + objects++;
        s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(text));
    }

    private static String event() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ReplayPropagatorCommandTest.class.getResourceAsStream("/events/dynamodb.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
