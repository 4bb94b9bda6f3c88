package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.TestFunctions;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Stream, mapping and a real function together promise:
 * Lambda's own types read the events; a function's process killed in the middle loses no record and gives none up.
 */
@ExtendWith(SharedServers.class)
final class RealFunctionTest {
    private static final int RECORDS = 300;
    private static final String STREAM = "real-function";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFunctionKilledInTheMiddleLosesNoRecord(LocalServers servers) throws IOException {
        var kinesis = servers.clients().kinesis();
        kinesis.createStream(it -> it.streamName(STREAM).shardCount(2));
        kinesis.waiter().waitUntilStreamExists(it -> it.streamName(STREAM));
        long before = System.currentTimeMillis() - 1_000;
        Path recorded = folder.resolve("recorded");
        var settings =
                TestFunctions.settings("recorder", RecordingHandler.class, Map.of("RECORDED", recorded.toString()));
        var quick = EventSourceSettings.ofBatches(5)
                .withFanOut(true)
                .withRetries(EventSourceSettings.NO_LIMIT, Duration.ofHours(1));

        try (var function = LambdaFunction.start(settings, folder);
                var mapping = KinesisEventSourceMapping.start(
                        servers.clients(), STREAM, quick, EventSourceTarget.of(function, FailureDestination.NONE))) {
            put(servers);
            Eventually.until("some", () -> mapping.counters().recordsDone() > 20);
            ProcessHandle.of(function.pids().getFirst()).orElseThrow().destroyForcibly();
            Eventually.until("all", () -> mapping.counters().recordsDone() == RECORDS);
            assertThat(mapping.counters().recordsGivenUp()).isZero();
        }

        List<String[]> lines = Files.readAllLines(recorded).stream()
                .map(line -> line.split(" ", -1))
                .toList();
        assertThat(lines.stream().map(line -> Integer.valueOf(line[0])).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).boxed().toList());
        assertThat(lines)
                .allSatisfy(line -> assertThat(Arrays.asList(line))
                        .satisfies(it -> assertThat(Long.parseLong(it.get(1)))
                                .isBetween(before, System.currentTimeMillis() + 1_000))
                        .satisfies(it -> assertThat(it.get(2)).startsWith("shardId-")));
    }

    private static void put(LocalServers servers) {
        var entries = IntStream.range(0, RECORDS)
                .mapToObj(Integer::toString)
                .map(text -> PutRecordsRequestEntry.builder()
                        .partitionKey(text)
                        .data(SdkBytes.fromString(text, StandardCharsets.UTF_8))
                        .build())
                .toList();
        servers.clients().kinesis().putRecords(it -> it.streamName(STREAM).records(entries));
    }
}
