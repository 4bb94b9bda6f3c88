package dev.sluice.tracker.boot;

import dev.sluice.tracker.Batcher;
import dev.sluice.tracker.Collector;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.RejectedEvents;
import dev.sluice.tracker.WatchedEventSink;
import dev.sluice.tracker.aws.AwsClients;
import dev.sluice.tracker.aws.KinesisEventSink;
import dev.sluice.tracker.aws.KinesisSettings;
import dev.sluice.tracker.aws.S3LakeBucket;
import dev.sluice.tracker.aws.S3PlanBundles;
import dev.sluice.tracker.failover.Breaker;
import dev.sluice.tracker.failover.BucketEventSink;
import dev.sluice.tracker.failover.FailoverEventSink;
import dev.sluice.tracker.failover.FailoverReplay;
import dev.sluice.tracker.failover.SharingEventSink;
import dev.sluice.tracker.intake.Intake;
import dev.sluice.tracker.openapi.ApiDocument;
import dev.sluice.tracker.plan.PlanBundles;
import dev.sluice.tracker.plan.PublishedSources;
import dev.sluice.tracker.plan.SourceTable;
import dev.sluice.tracker.web.Health;
import dev.sluice.tracker.web.IntakeHandler;
import dev.sluice.tracker.web.Listener;
import dev.sluice.tracker.web.Metrics;
import dev.sluice.tracker.web.NodeLoad;
import dev.sluice.tracker.web.Routes;
import dev.sluice.tracker.web.SdkSettings;
import dev.sluice.tracker.web.Traffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * What is connected to what. Read from the listener at the bottom upwards. At the stop Spring drains the listener first,
 * then ends these in the reverse order: the batcher flushes while its sinks still work.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrackerSettings.class)
class TrackerWiring {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerWiring.class);
    private static final InstantSource CLOCK = InstantSource.system();
    /** For all threads: the generator that is the default is not safe for more than one. */
    static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();
    /** Of one call for which no request waits: replay and rejected events, both of many events at once. */
    private static final Duration BACKGROUND_WITHIN = Duration.ofSeconds(30);
    /** How often to look whether rejected events are due: at any time much may wait. */
    private static final Duration REJECTED_EVERY = Duration.ofMillis(100);
    /** How long the start waits for tracking plans. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(3);
    /** Short against an autoscaler's minutes, long against one batch. */
    private static final Duration LOAD_EVERY = Duration.ofSeconds(5);

    @Bean
    Counters counters() {
        return new Counters();
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService timer() {
        return Executors.newScheduledThreadPool(
                1, Thread.ofPlatform().name("timer-", 0).factory());
    }

    /** Its queue is bounded by the batcher's pending bytes. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService compressors(TrackerSettings settings) {
        return Executors.newFixedThreadPool(
                settings.compressors(), Thread.ofPlatform().name("compress-", 0).factory());
    }

    @Bean(destroyMethod = "close")
    KinesisAsyncClient kinesisClient(TrackerSettings settings) {
        return AwsClients.kinesis(settings.kinesis().call());
    }

    @Bean(destroyMethod = "close")
    Lakes lakes(TrackerSettings settings) {
        boolean pathStyle = settings.s3PathStyle();
        return new Lakes(
                AwsClients.s3(settings.s3Within(), pathStyle),
                AwsClients.s3(BACKGROUND_WITHIN, pathStyle),
                settings.lakeBucket());
    }

    @Bean
    LakeKeys lakeKeys(TrackerSettings settings) {
        return new LakeKeys(node(settings), CLOCK, TrackerWiring::freshId);
    }

    @Bean
    KinesisEventSink kinesisSink(
            KinesisAsyncClient client, TrackerSettings settings, ScheduledExecutorService timer, Counters counters) {
        var sink = new KinesisEventSink(client, settings.kinesis(), timer, RANDOM, counters);
        sink.warmUp();
        return sink;
    }

    /** A client of its own: with the short times of requests, a stream that is slow would never get a backlog back. */
    @Bean(destroyMethod = "close")
    PatientKinesis patientKinesis(TrackerSettings settings, ScheduledExecutorService timer, Counters counters) {
        KinesisSettings quick = settings.kinesis();
        var patient = new KinesisSettings(quick.stream(), BACKGROUND_WITHIN, quick.attempts(), quick.backoff());
        var client = AwsClients.kinesis(patient.call());
        return new PatientKinesis(client, new KinesisEventSink(client, patient, timer, RANDOM, counters));
    }

    @Bean
    Breaker breaker(TrackerSettings settings) {
        return new Breaker(settings.breaker(), CLOCK);
    }

    @Bean
    WatchedEventSink stream(KinesisEventSink kinesis) {
        return new WatchedEventSink(kinesis, CLOCK);
    }

    @Bean
    WatchedEventSink lake(Lakes lakes, LakeKeys keys) {
        S3LakeBucket bucket = lakes.forRequests();
        bucket.warmUp();
        return new WatchedEventSink(new BucketEventSink(bucket, keys), CLOCK);
    }

    @Bean
    EventSink durableSink(
            TrackerSettings settings,
            @Qualifier("stream") WatchedEventSink stream,
            @Qualifier("lake") WatchedEventSink lake,
            Breaker breaker,
            Counters counters) {
        var sharing = new SharingEventSink(stream, lake, settings.batch().shareToLake(), counters);
        return new FailoverEventSink(sharing, lake, breaker, counters);
    }

    @Bean(destroyMethod = "close")
    Batcher batcher(
            TrackerSettings settings,
            @Qualifier("durableSink") EventSink sink,
            ExecutorService compressors,
            ScheduledExecutorService timer,
            Counters counters) {
        return new Batcher(settings.batch(), sink, compressors, timer, counters);
    }

    @Bean(destroyMethod = "close")
    Repeating replay(
            TrackerSettings settings,
            Lakes lakes,
            LakeKeys keys,
            PatientKinesis kinesis,
            Breaker breaker,
            Counters counters) {
        var ports = new FailoverReplay.Ports(
                lakes.forBackground(), keys, kinesis.sink(), breaker, CLOCK, Thread::sleep, counters);
        var replay = new FailoverReplay(settings.replay(), settings.batch(), ports);
        return new Repeating("replay", settings.replay().every(), replay::replayOnce, () -> {}, counters);
    }

    @Bean
    RejectedEvents rejectedEvents(TrackerSettings settings, Lakes lakes, LakeKeys keys, Counters counters) {
        return new RejectedEvents(settings.rejected(), lakes.forBackground(), keys, counters);
    }

    @Bean(destroyMethod = "close")
    Repeating rejectedFlush(RejectedEvents rejected, Counters counters) {
        return new Repeating(
                "rejected",
                REJECTED_EVERY,
                rejected::flushIfDue,
                () -> rejected.close(Duration.ofSeconds(3)),
                counters);
    }

    @Bean
    PublishedSources sources(TrackerSettings settings, Lakes lakes, Counters counters) {
        boolean planned = !settings.plans().bucket().isEmpty();
        FixedSources fixed = planned && settings.writeKeys().isEmpty()
                ? FixedSources.none()
                : FixedSources.of(settings.writeKeys(), settings.limits());
        PlanBundles bundles =
                planned ? new S3PlanBundles(lakes.patient(), settings.plans().bucket()) : PlanBundles.NONE;
        var table = new SourceTable.Builder(fixed, settings.limits(), System::nanoTime);
        return new PublishedSources(bundles, table, counters);
    }

    /** The listener starts after the first look, unless that takes long: then the node is not ready until it succeeds. */
    @Bean(destroyMethod = "close")
    Repeating planLook(TrackerSettings settings, PublishedSources sources, Counters counters) {
        var look = new Repeating("plans", settings.plans().every(), sources::look, () -> {}, counters);
        if (!sources.awaitComplete(FIRST_LOOK)) {
            LOG.warn("the tracking plans could not be read yet: only the write keys of the settings are known");
        }
        return look;
    }

    @Bean
    Collector collector(
            TrackerSettings settings,
            PublishedSources sources,
            Batcher batcher,
            RejectedEvents rejected,
            Counters counters) {
        String node = node(settings);
        var intake =
                new Intake(sources, settings.limits(), settings.clock().correction(), node, TrackerWiring::freshId);
        return new Collector(
                intake, batcher, rejected, new Collector.Settings(node, settings.answerWithin()), counters);
    }

    @Bean
    Traffic traffic() {
        return new Traffic();
    }

    @Bean
    NodeLoad nodeLoad(TrackerSettings settings, Batcher batcher, Traffic traffic) {
        double most = settings.http().requests();
        return new NodeLoad(batcher::fill, () -> traffic.requests() / most);
    }

    @Bean
    Health health(
            TrackerSettings settings,
            Traffic traffic,
            Batcher batcher,
            @Qualifier("stream") WatchedEventSink stream,
            @Qualifier("lake") WatchedEventSink lake,
            NodeLoad load,
            PublishedSources sources) {
        return new Health(
                new Health.Parts(traffic, batcher, stream, lake, load, sources::isUsable, settings.regionAfter()));
    }

    /** Every path of the tracker. */
    @Bean
    Routes routes(Collector collector, Health health, Counters counters, Traffic traffic, NodeLoad load) {
        Routes.Builder routes = Routes.builder();
        IntakeHandler.addTo(routes, collector, RANDOM);
        SdkSettings.addTo(routes);
        ApiDocument.addTo(routes);
        health.addTo(routes);
        new Metrics(counters, traffic, load).addTo(routes);
        return routes.build();
    }

    @Bean
    Listener listener(TrackerSettings settings, Routes routes, Traffic traffic) {
        return new Listener(routes, settings.http(), settings.limits(), traffic, CLOCK);
    }

    @Bean
    ListenerLifecycle listenerLifecycle(Listener listener, TrackerSettings settings, LifecycleProperties lifecycle) {
        return new ListenerLifecycle(listener, settings.http().drainWithin(), lifecycle.getTimeoutPerShutdownPhase());
    }

    @Bean(destroyMethod = "close")
    Repeating loadLook(NodeLoad load, Listener listener, Counters counters) {
        return new Repeating("load", LOAD_EVERY, () -> load.look(listener.processorNanos()), () -> {}, counters);
    }

    /** Random, and cheap: the ids name objects and events, they guard nothing. */
    private static String freshId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                        random.nextLong() & ~0xF000L | 0x4000L,
                        random.nextLong() & ~0xC000_0000_0000_0000L | 0x8000_0000_0000_0000L)
                .toString();
    }

    private static String node(TrackerSettings settings) {
        return settings.node().isEmpty() ? Node.address() : settings.node();
    }
}
