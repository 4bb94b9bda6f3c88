package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.TRACK;
import static dev.sluice.tracker.boot.RunningTracker.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.LineBatch;
import dev.sluice.tracker.aws.FakeAws;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole program with the times that are its default. Promises: whatever does not answer is given up for what does, and
 * if nothing does the client is told to come back; work for which no request waits may take longer.
 */
final class TrackerTimesTest {
    private static final RunningTracker TRACKER = RunningTracker.withTheDefaultTimes();

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @BeforeEach
    void recover() {
        TRACKER.recover();
    }

    /** The lake has all the time that it needs here, so that the stream's time alone decides. */
    @Test
    void aSilentKinesisIsGivenUpForTheLake() {
        try (var tracker = new RunningTracker(FakeAws.Mood.WELL, "--sluice.tracker.kinesis.within=800ms")) {
            tracker.aws().kinesis(FakeAws.Mood.SILENT);

            HttpResponse<byte[]> answer = tracker.post("/v1/track", TRACK.replace("m1", "silent-1"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(tracker.aws().objects().keySet()).anyMatch(key -> key.startsWith("sluice-lake/failover/"));
        } finally {
            TRACKER.point();
        }
    }

    @Test
    void withoutBothTheClientIsToldToComeBack() {
        TRACKER.aws().kinesis(FakeAws.Mood.SILENT);
        TRACKER.aws().s3(FakeAws.Mood.SILENT);

        HttpResponse<byte[]> answer = TRACKER.post("/v1/track", TRACK);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    /** The lake is slower here than a request may wait, and each call must still end, once. */
    @Test
    void aSlowLakeStillGivesAndTakesWhatNobodyWaitsFor() {
        String key = "sluice-lake/failover/2026/11/21/12/10.0.0.7-slow.gz";
        String event = "{\"v\":1,\"account\":\"demo\",\"type\":\"track\",\"messageId\":\"slow-1\",\"event\":\"A\","
                + "\"userId\":\"u1\",\"timestamp\":\"2026-11-21T12:00:00Z\",\"receivedAt\":\"2026-11-21T12:00:00Z\"}";
        TRACKER.aws().s3(FakeAws.Mood.SLOW);
        TRACKER.post("/v1/track", "{\"event\":\"A\",\"userId\":\"u1\",\"properties\":\"slow-2\"}");
        TRACKER.aws().objects().put(key, LineBatch.encode(List.of(event.getBytes(StandardCharsets.UTF_8))));

        await(() -> TRACKER.events().stream().anyMatch(each -> each.id().equals("slow-1")));
        await(() -> !TRACKER.aws().objects().containsKey(key));
        await(() -> !TRACKER.rejected("bad_field").isEmpty());
        assertThat(TRACKER.rejected("bad_field"))
                .filteredOn(each -> new String(each.bytes(), StandardCharsets.UTF_8).contains("slow-2"))
                .hasSize(1);
    }
}
