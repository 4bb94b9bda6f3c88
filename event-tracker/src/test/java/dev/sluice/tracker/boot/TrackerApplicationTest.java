package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.TRACK;
import static dev.sluice.tracker.boot.RunningTracker.await;
import static dev.sluice.tracker.boot.RunningTracker.gzip;
import static dev.sluice.tracker.boot.RunningTracker.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;
import dev.sluice.tracker.aws.FakeAws;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole program. Promises: an event that was answered 200 is in the stream or in the lake; what the node can store and
 * where is told to load balancers and monitors.
 */
final class TrackerApplicationTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @BeforeEach
    void recover() {
        TRACKER.recover();
    }

    @Test
    void aSingleEventIsInTheStreamWhenItsAnswerComes() {
        HttpResponse<byte[]> answer = TRACKER.post("/v1/track", TRACK.replace("m1", "single-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).whole("accepted")).isEqualTo(1);
        FakeAws.Record record = TRACKER.aws().records().stream()
                .filter(each -> new String(
                                LineBatch.decode(each.data(), 1 << 20).getFirst(), StandardCharsets.UTF_8)
                        .contains("\"single-1\""))
                .findFirst()
                .orElseThrow();
        Event event = EventJson.read(LineBatch.decode(record.data(), 1 << 20).getFirst());
        assertThat(event.key().qualified()).isEqualTo("demo/u1");
        int slot = Ring.slot(event.key());
        assertThat(record.explicitHashKey()).isEqualTo(Ring.explicitHashKey(Ring.group(slot, Ring.SLOTS_PER_RECORD)));
    }

    @Test
    void aBadEventOfABatchSpoilsNoOtherAndIsKept() {
        HttpResponse<byte[]> answer = TRACKER.post(
                "/v1/batch",
                "{\"sentAt\":\"2026-11-21T08:40:10.123+02:00\",\"context\":{\"ip\":\"1\"},"
                        + "\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u1\",\"messageId\":\"b1\"},"
                        + "{\"type\":\"track\",\"event\":\"A\",\"messageId\":\"b2\"},"
                        + "{\"type\":\"identify\",\"anonymousId\":\"a1\",\"messageId\":\"b3\"}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).whole("accepted")).isEqualTo(2);
        Value.Fields refused = json(answer).innerList("rejected").getFirst();
        assertThat(refused.whole("index")).isEqualTo(1);
        assertThat(refused.text("messageId")).isEqualTo("b2");
        assertThat(refused.text("code")).isEqualTo("missing_person");
        await(() -> TRACKER.rejected("missing_person").stream()
                .anyMatch(event -> new String(event.bytes(), StandardCharsets.UTF_8).contains("\"b2\"")
                        && event.sentAt().equals("2026-11-21T06:40:10.123Z")
                        && event.context().equals("{\"ip\":\"1\"}")));
    }

    @Test
    void segmentsJavaClientIsUnderstood() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("//v1/import/")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(
                        ("{\"writeKey\":\"key-2\",\"sentAt\":\"2026-11-21T06:40:10.123Z\",\"context\":{\"ip\":\"1\"},"
                                        + "\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u9\"}]}")
                                .getBytes(StandardCharsets.UTF_8))))
                .header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TRACKER.events()).anyMatch(event -> event.key().qualified().equals("other/u9"));
    }

    @Test
    void anyPageMaySend() {
        HttpResponse<byte[]> answer =
                TRACKER.send(TRACKER.request("/v1/track").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void withoutKinesisEventsAreInTheLakeAndComeBack() {
        TRACKER.aws().kinesis(FakeAws.Mood.BROKEN);

        HttpResponse<byte[]> answer = TRACKER.post("/v1/track", TRACK.replace("m1", "failover-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TRACKER.aws().objects().keySet()).anyMatch(key -> key.startsWith("sluice-lake/failover/"));
        TRACKER.aws().kinesis(FakeAws.Mood.WELL);
        await(() ->
                TRACKER.events().stream().anyMatch(event -> event.id().equals("failover-1")) || TRACKER.sendsTraffic());
        await(() -> TRACKER.aws().objects().keySet().stream().noneMatch(key -> key.contains("/failover/")));
    }

    @Test
    void healthAndFiguresCanBeRead() {
        TRACKER.post("/v1/track", TRACK);

        assertThat(TRACKER.send(TRACKER.request("/health/live").GET()).statusCode())
                .isEqualTo(200);
        assertThat(TRACKER.send(TRACKER.request("/health/ready").GET()).statusCode())
                .isEqualTo(200);
        assertThat(json(TRACKER.send(TRACKER.request("/health/metrics").GET())).whole("accepted"))
                .isPositive();
    }

    @Test
    void figuresAreToldToPrometheus() {
        TRACKER.post("/v1/track", TRACK);

        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/metrics").GET());

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains(
                        "# TYPE sluice_tracker_load gauge\nsluice_tracker_load ",
                        "# TYPE sluice_tracker_accepted_total counter",
                        "# TYPE sluice_tracker_pending_bytes gauge",
                        "sluice_tracker_http_answer_seconds_bucket{le=\"+Inf\"}",
                        "sluice_tracker_http_answers_2xx_total ");
    }

    @Test
    void withoutBothTheNodeIsNotReadyAndWithOneItIs() {
        TRACKER.aws().kinesis(FakeAws.Mood.BROKEN);
        TRACKER.post("/v1/track", TRACK);
        Value.Fields oneSink =
                json(TRACKER.send(TRACKER.request("/health/ready").GET()));
        TRACKER.aws().s3(FakeAws.Mood.BROKEN);
        TRACKER.post("/v1/track", TRACK);
        HttpResponse<byte[]> noSink =
                TRACKER.send(TRACKER.request("/health/ready").GET());

        assertThat(List.of(oneSink.whole("ready"), oneSink.whole("stream"), oneSink.whole("lake")))
                .containsExactly(1L, 0L, 1L);
        assertThat(noSink.statusCode()).isEqualTo(503);
        assertThat(TRACKER.send(TRACKER.request("/health/live").GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theRegionIsNotWellWhenTheStreamFailsForTheStatedTimeThoughTheLakeTakesAll() {
        assertThat(TRACKER.send(TRACKER.request("/health/region").GET()).statusCode())
                .isEqualTo(200);
        TRACKER.aws().kinesis(FakeAws.Mood.BROKEN);
        long begun = System.nanoTime();

        await(() -> TRACKER.post("/v1/track", TRACK).statusCode() == 200
                && TRACKER.send(TRACKER.request("/health/region").GET()).statusCode() == 503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

        TRACKER.aws().kinesis(FakeAws.Mood.WELL);
        await(() -> TRACKER.sendsTraffic()
                || TRACKER.send(TRACKER.request("/health/region").GET()).statusCode() == 200);
        await(() -> TRACKER.aws().objects().keySet().stream().noneMatch(key -> key.contains("/failover/")));
    }
}
