package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A mapping of a Kinesis stream promises, against the real stand-in:
 * it begins at the oldest record and sends Lambda's own JSON; batches keep to their size and each shard to its order;
 * every shard is read, a new one after its parent; a partial answer brings the rest again; a record that always fails is
 * kept in S3 with its payload, alone, and the shard goes on; a window fills batches; a stream that does not exist yet is
 * waited for; fan-out reads sooner.
 */
@ExtendWith(SharedServers.class)
final class KinesisEventSourceMappingTest {
    private static final EventSourceSettings QUICK =
            EventSourceSettings.ofBatches(100).withFanOut(true).withRetries(1, EventSourceSettings.NO_AGE_LIMIT);

    private final LocalServers servers;
    private final KinesisClient kinesis;
    private String stream = "";

    KinesisEventSourceMappingTest(LocalServers servers) {
        this.servers = servers;
        this.kinesis = servers.clients().kinesis();
    }

    @BeforeEach
    void nameTheStream(TestInfo test) {
        stream = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void itBeginsAtTheOldestRecordAndSendsLambdasJson() {
        create(1);
        Instant before = Instant.now().minusSeconds(1);
        put("a");
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(QUICK, function)) {
            Eventually.until("one record", () -> mapping.counters().recordsDone() == 1);
            JsonNode record = function.records().getFirst();
            String sequence = record.path("kinesis").path("sequenceNumber").asString();

            assertThat(fields(record))
                    .containsExactly(
                            "kinesis",
                            "eventSource",
                            "eventVersion",
                            "eventID",
                            "eventName",
                            "invokeIdentityArn",
                            "awsRegion",
                            "eventSourceARN");
            assertThat(fields(record.path("kinesis")))
                    .containsExactly(
                            "kinesisSchemaVersion",
                            "partitionKey",
                            "sequenceNumber",
                            "data",
                            "approximateArrivalTimestamp");
            assertThat(ScriptedFunction.data(record)).isEqualTo("a");
            assertThat(record.path("eventID").asString()).isEqualTo("shardId-000000000000:" + sequence);
            assertThat(record.path("eventName").asString()).isEqualTo("aws:kinesis:record");
            assertThat(record.path("eventSource").asString()).isEqualTo("aws:kinesis");
            assertThat(record.path("eventSourceARN").asString())
                    .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/" + stream);
            assertThat(record.path("kinesis")
                            .path("approximateArrivalTimestamp")
                            .asDouble())
                    .isBetween(before.toEpochMilli() / 1e3, Instant.now().toEpochMilli() / 1e3 + 1);
            assertThat(mapping.checkpoints()).containsEntry("shardId-000000000000", sequence);
            Eventually.until("caught up", () -> mapping.counters().iteratorAge().isZero());
        }
    }

    @Test
    void batchesKeepToTheirSizeAndEachShardToItsOrder() {
        create(2);
        put(IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(settings(7), function)) {
            Eventually.until("all", () -> mapping.counters().recordsDone() == 100);
        }

        assertThat(function.events())
                .allSatisfy(event -> assertThat(event.path("Records").size()).isBetween(1, 7));
        assertThat(function.records().stream().map(ScriptedFunction::data).map(Integer::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
        for (int shard = 0; shard < 2; shard++) {
            String prefix = "shardId-00000000000" + shard;
            assertThat(function.records().stream()
                            .filter(it -> it.path("eventID").asString().startsWith(prefix))
                            .map(ScriptedFunction::data)
                            .map(Integer::valueOf))
                    .isNotEmpty()
                    .isSorted();
        }
    }

    @Test
    void aNewShardIsReadAfterItsParent() {
        create(1);
        put("before");
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(QUICK, function)) {
            Eventually.until("before", () -> mapping.counters().recordsDone() == 1);
            kinesis.splitShard(it -> it.streamName(stream)
                    .shardToSplit("shardId-000000000000")
                    .newStartingHashKey("170141183460469231731687303715884105728"));
            kinesis.waiter().waitUntilStreamExists(it -> it.streamName(stream));
            put("after");
            Eventually.until("after", () -> mapping.counters().recordsDone() == 2);
        }

        assertThat(function.records().getLast().path("eventID").asString()).doesNotStartWith("shardId-000000000000");
    }

    @Test
    void aPartialAnswerBringsTheRestAgain() {
        create(1);
        put("a", "b", "c", "d");
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        var function = new ScriptedFunction(event -> ScriptedFunction.records(event).stream()
                .filter(it -> ScriptedFunction.data(it).equals("c") && failedOnce.add("c"))
                .findFirst()
                .map(it -> ScriptedFunction.failingFrom(
                        it.path("kinesis").path("sequenceNumber").asString()))
                .orElse(ScriptedFunction.SUCCESS));

        try (var mapping = mapping(QUICK, function)) {
            Eventually.until("all", () -> mapping.counters().recordsDone() == 4);
            assertThat(mapping.counters().failedInvocations()).isEqualTo(1);
            assertThat(mapping.counters().retries()).isEqualTo(1);
        }

        assertThat(function.records().stream().map(ScriptedFunction::data))
                .containsExactly("a", "b", "c", "d", "c", "d");
    }

    @Test
    void aRecordThatAlwaysFailsIsKeptInS3WithItsPayloadAndTheShardGoesOn() throws IOException {
        create(1);
        servers.clients().s3().createBucket(it -> it.bucket("poison"));
        put("a", "b", "poison", "d");
        var function = new ScriptedFunction(event -> ScriptedFunction.records(event).stream()
                        .map(ScriptedFunction::data)
                        .anyMatch("poison"::equals)
                ? ScriptedFunction.ERROR
                : ScriptedFunction.SUCCESS);

        try (var mapping = mapping(
                QUICK, function, new S3FailureDestination(servers.clients().s3(), "poison"))) {
            Eventually.until("all but one", () -> mapping.counters().recordsDone() == 3);
            assertThat(mapping.counters().recordsGivenUp()).isEqualTo(1);
            Path kept = onlyFile(servers.s3().folder().resolve("poison"));
            assertThat(servers.s3().folder().resolve("poison").relativize(kept).toString())
                    .matches(
                            "aws/lambda/" + mapping.id()
                                    + "/shardId-000000000000/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}");
            assertFailureRecord(new JsonMapper().readTree(Files.readAllBytes(kept)));
        }
    }

    private void assertFailureRecord(JsonNode record) {
        assertThat(record.path("requestContext").path("condition").asString()).isEqualTo("RetryAttemptsExhausted");
        assertThat(record.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(2);
        assertThat(record.path("KinesisBatchInfo").path("shardId").asString()).isEqualTo("shardId-000000000000");
        assertThat(record.path("KinesisBatchInfo").path("batchSize").asInt()).isEqualTo(1);
        assertThat(record.path("KinesisBatchInfo").path("streamArn").asString()).endsWith("stream/" + stream);
        JsonNode payload = new JsonMapper().readTree(record.path("payload").asString());
        assertThat(ScriptedFunction.records(payload))
                .singleElement()
                .satisfies(it -> assertThat(ScriptedFunction.data(it)).isEqualTo("poison"));
    }

    @Test
    void aDestinationThatIsDownHoldsTheShardUntilItIsBack() {
        create(1);
        put("poison");
        var function = new ScriptedFunction(event -> ScriptedFunction.ERROR);
        var destination = new S3FailureDestination(servers.clients().s3(), "back-later");

        try (var mapping = mapping(QUICK.withRetries(0, EventSourceSettings.NO_AGE_LIMIT), function, destination)) {
            Eventually.until("failed", () -> mapping.counters().failedInvocations() == 1);
            assertThat(mapping.counters().recordsGivenUp()).isZero();
            servers.clients().s3().createBucket(it -> it.bucket("back-later"));
            Eventually.until("kept", () -> mapping.counters().recordsGivenUp() == 1);
        }
    }

    @Test
    void aWindowFillsBatches() {
        create(1);
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(settings(2).withBatchingWindow(Duration.ofSeconds(300)), function)) {
            put("a");
            Eventually.until("read", () -> mapping.counters().recordsRead() == 1);
            put("b");
            Eventually.until("done", () -> mapping.counters().recordsDone() == 2);
        }

        assertThat(function.events()).hasSize(1);
    }

    @Test
    void aStreamThatDoesNotExistYetIsWaitedFor() {
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(QUICK, function)) {
            create(1);
            put("late");
            Eventually.until("done", () -> mapping.counters().recordsDone() == 1);
        }
    }

    @Test
    void aBacklogLargerThanABatchIsReadWithoutIdleWaits() {
        create(1);
        // More than are read at once.
        for (int first = 0; first < 900; first += 300) {
            put(IntStream.range(first, first + 300).mapToObj(Integer::toString).toArray(String[]::new));
        }
        var reading = new EventSourceMapping.Reading<>(
                new KinesisShards(kinesis, stream),
                new ReadPace(Duration.ofHours(1), Duration.ofMillis(10)),
                (shard, record) -> KinesisEventJson.item("arn", shard, record));

        try (var mapping = EventSourceMapping.start(
                new EventSourceMapping.Origin("arn", "KinesisBatchInfo"),
                settings(50),
                new EventSourceTarget(ScriptedFunction.succeeding(), "scripted", FailureDestination.NONE),
                reading)) {
            // One idle wait between the reads would take an hour.
            Eventually.until("all", () -> mapping.counters().recordsDone() == 900);
        }
    }

    private static EventSourceSettings settings(int batchSize) {
        return EventSourceSettings.ofBatches(batchSize).withFanOut(true);
    }

    private EventSourceMapping mapping(EventSourceSettings settings, ScriptedFunction function) {
        return mapping(settings, function, FailureDestination.NONE);
    }

    private EventSourceMapping mapping(
            EventSourceSettings settings, ScriptedFunction function, FailureDestination failures) {
        return KinesisEventSourceMapping.start(
                servers.clients(), stream, settings, new EventSourceTarget(function, "scripted", failures));
    }

    private void create(int shards) {
        kinesis.createStream(it -> it.streamName(stream).shardCount(shards));
        kinesis.waiter().waitUntilStreamExists(it -> it.streamName(stream));
    }

    private void put(String... texts) {
        var entries = Stream.of(texts)
                .map(text -> PutRecordsRequestEntry.builder()
                        .partitionKey(text)
                        .data(SdkBytes.fromString(text, StandardCharsets.UTF_8))
                        .build())
                .toList();
        kinesis.putRecords(it -> it.streamName(stream).records(entries));
    }

    private static List<String> fields(JsonNode node) {
        return List.copyOf(node.propertyNames());
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
