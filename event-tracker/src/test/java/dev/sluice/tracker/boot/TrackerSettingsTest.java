package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Codec;
import dev.sluice.model.Ring;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.RejectedEvents;
import dev.sluice.tracker.aws.KinesisSettings;
import dev.sluice.tracker.failover.Breaker;
import dev.sluice.tracker.failover.FailoverReplay;
import dev.sluice.tracker.plan.PlanSettings;
import dev.sluice.tracker.web.ListenerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Promises: the shipped defaults are these; every setting can be set; what is unknown or out of range stops the start. */
final class TrackerSettingsTest {
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TrackerSettings.class)
    static class OnlySettings {}

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(read())
                .isEqualTo(new TrackerSettings(
                        List.of(),
                        "",
                        "sluice-lake",
                        false,
                        Duration.ofMillis(700),
                        Duration.ofSeconds(2),
                        2,
                        Duration.ofSeconds(30),
                        new ListenerSettings(
                                "",
                                8080,
                                0,
                                8192,
                                20_000,
                                64,
                                8192,
                                16_777_216,
                                250,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(4)),
                        new Limits(512_000, 32_768, 2500, 10),
                        new BatchBounds(
                                500,
                                524_288,
                                Duration.ofMillis(25),
                                16_777_216,
                                0.5,
                                // As user-data-fn's, which writes to the same stream.
                                Codec.Format.ZSTD,
                                1,
                                Ring.SLOTS_PER_RECORD,
                                1000),
                        new ClockSettings(
                                Duration.ofSeconds(60), Duration.ofSeconds(60), ClockCorrection.QUEUING_LIBRARIES),
                        new KinesisSettings("sluice-events", Duration.ofMillis(800), 4, Duration.ofMillis(50)),
                        new Breaker.Settings(3, Duration.ofSeconds(5)),
                        new FailoverReplay.Settings(Duration.ofSeconds(2), Duration.ofMinutes(10), 1000, 4_194_304),
                        new RejectedEvents.Settings(Duration.ofSeconds(5), 8_388_608),
                        new PlanSettings("", Duration.ofSeconds(2))));
    }

    @Test
    void everySettingCanBeSet() {
        TrackerSettings settings = read(
                "write-keys=a=demo,b=other",
                "node=10.0.0.9",
                "lake-bucket=lake",
                "s3-path-style=true",
                "s3-within=1s",
                "answer-within=3s",
                "compressors=3",
                "region-after=1m",
                "http.address=127.0.0.1",
                "http.port=0",
                "http.threads=3",
                "http.connections=10",
                "http.requests=20",
                "http.pipelined=5",
                "http.header-bytes=2048",
                "http.arriving-bytes=100000",
                "http.gzip-ratio=10",
                "http.request-within=1s",
                "http.write-within=2s",
                "http.idle-within=3s",
                "http.drain-within=5s",
                "limits.body-bytes=100000",
                "limits.event-bytes=1000",
                "limits.events-per-batch=10",
                "limits.depth=5",
                "batch.events=50",
                "batch.bytes=2048",
                "batch.linger=1ms",
                "batch.pending-bytes=100000",
                "batch.account-share=0.25",
                "batch.slots-per-record=2",
                "batch.share-to-lake=7",
                "clock.skew=1s",
                "clock.future=2s",
                "clock.queuing-libraries=one,two",
                "kinesis.stream=s",
                "kinesis.within=1s",
                "kinesis.attempts=2",
                "kinesis.backoff=10ms",
                "breaker.failures=9",
                "breaker.open-for=1s",
                "replay.every=1s",
                "replay.adopt-after=1m",
                "replay.objects-per-look=7",
                "replay.bytes-per-second=50000",
                "rejected.every=1s",
                "rejected.pending-bytes=100000",
                "plans.bucket=rules",
                "plans.every=1s");

        assertThat(settings)
                .isEqualTo(new TrackerSettings(
                        List.of("a=demo", "b=other"),
                        "10.0.0.9",
                        "lake",
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        3,
                        Duration.ofMinutes(1),
                        new ListenerSettings(
                                "127.0.0.1",
                                0,
                                3,
                                10,
                                20,
                                5,
                                2048,
                                100_000,
                                10,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(5)),
                        new Limits(100_000, 1000, 10, 5),
                        new BatchBounds(50, 2048, Duration.ofMillis(1), 100_000, 0.25, Codec.Format.ZSTD, 1, 2, 7),
                        new ClockSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), Set.of("one", "two")),
                        new KinesisSettings("s", Duration.ofSeconds(1), 2, Duration.ofMillis(10)),
                        new Breaker.Settings(9, Duration.ofSeconds(1)),
                        new FailoverReplay.Settings(Duration.ofSeconds(1), Duration.ofMinutes(1), 7, 50_000),
                        new RejectedEvents.Settings(Duration.ofSeconds(1), 100_000),
                        new PlanSettings("rules", Duration.ofSeconds(1))));
    }

    @Test
    void anUnknownNameStopsTheStart() {
        assertThatThrownBy(() -> read("batch.lingers=1ms")).hasStackTraceContaining("batch.lingers");
    }

    @Test
    void aValueOutOfItsRangeStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> read("batch.bytes=2000000"))
                .hasStackTraceContaining("batch.bytes is 2000000; it must be from 1024 to 1048576");
        assertThatThrownBy(() -> read("limits.event-bytes=400000"))
                .hasStackTraceContaining("limits.event-bytes is 400000; it must be from 256 to 393216");
        assertThatThrownBy(() -> read("limits.depth=32"))
                .hasStackTraceContaining("limits.depth is 32; it must be from 2 to 31");
        assertThatThrownBy(() -> read("http.requests=0"))
                .hasStackTraceContaining("http.requests is 0; it must be from 1 to 1000000");
        assertThatThrownBy(() -> read("http.idle-within=2h")).hasStackTraceContaining("http.idle-within is PT2H");
        assertThatThrownBy(() -> read("clock.skew=2d")).hasStackTraceContaining("clock.skew is PT48H");
        assertThatThrownBy(() -> read("node=a/b")).hasStackTraceContaining("node must be an address");
        assertThatThrownBy(() -> read("kinesis.stream=")).hasStackTraceContaining("kinesis.stream is empty");
    }

    @Test
    void aRequestMustHaveTheTimeThatItsWayCanTake() {
        assertThat(read("kinesis.within=1200ms").kinesis().within()).isEqualTo(Duration.ofMillis(1200));
        assertThat(read("kinesis.within=1275ms").answerWithin()).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> read("kinesis.within=1276ms"))
                .hasStackTraceContaining("answer-within is PT2S; it must be at least PT2.001S, which is batch.linger,"
                        + " kinesis.within and s3-within together");
        assertThatThrownBy(() -> read("s3-within=1176ms")).hasStackTraceContaining("answer-within is PT2S");
        assertThatThrownBy(() -> read("batch.linger=501ms")).hasStackTraceContaining("answer-within is PT2S");
        assertThatThrownBy(() -> read("answer-within=1524ms")).hasStackTraceContaining("answer-within is PT1.524S");
    }

    private static TrackerSettings read(String... settings) {
        var application = new SpringApplication(OnlySettings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        String[] arguments = new String[settings.length];
        for (int i = 0; i < settings.length; i++) {
            arguments[i] = "--sluice.tracker." + settings[i];
        }
        try (var context = application.run(arguments)) {
            return context.getBean(TrackerSettings.class);
        }
    }
}
