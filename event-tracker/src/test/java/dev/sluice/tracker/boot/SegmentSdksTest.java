package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.segment.analytics.Analytics;
import com.segment.analytics.kotlin.core.Configuration;
import com.segment.analytics.kotlin.core.RequestFactory;
import com.segment.analytics.kotlin.core.compat.ConfigurationBuilder;
import com.segment.analytics.kotlin.core.compat.JavaAnalytics;
import com.segment.analytics.kotlin.core.utilities.InMemoryStorageProvider;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.Value;
import dev.sluice.tracker.aws.FakeAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Segment's own SDKs, unmodified, for Java, Kotlin, Node and browsers. Promises: whatever each of them can send is in the
 * stream, once, with its names, ids, traits and times; also if the tracker had no room at first (503) or said that it was too
 * much (429). What had to be sent again is not moved forward by the time that this took.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SegmentSdksTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The SDK for Java waits 15 seconds before it tries again, and by chance up to twice as long: the luckiest is enough. */
    private static final int JAVA_SDKS = 3;

    private static final Value PRICE = new Value.Decimal(new BigDecimal("4.99"));
    private final RunningTracker tracker = new RunningTracker();
    /** For SDKs that send the same {@code sentAt} again: each takes longer to be heard than a clock may be wrong here. */
    private final RunningTracker strict = new RunningTracker(FakeAws.Mood.WELL, "--sluice.tracker.clock.skew=0ms");

    private final Map<String, FaultyGate> javaGates = new LinkedHashMap<>();
    private final FaultyGate kotlin = new FaultyGate(strict.base()).refuse(503, 429);
    private final FaultyGate node = new FaultyGate(tracker.base()).refuse(503, 429);
    private final FaultyGate page = new FaultyGate(tracker.base()).refuse(503, 429);
    private final FaultyGate batchingPage = new FaultyGate(tracker.base()).refuse(503, 429);
    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    void everySdkSends() {
        Stream.of(tracker, strict).forEach(RunningTracker::recover);
        for (int i = 0; i < JAVA_SDKS; i++) {
            sendByJava("java-503-" + i, 503);
            sendByJava("java-429-" + i, 429);
        }
        sendByKotlin();
        start("node.mjs", node, "node-1");
        start("browser.cjs", page, "browser-single", "single");
        start("browser.cjs", batchingPage, "browser-batching", "batching");
    }

    @AfterAll
    void stop() {
        processes.forEach(Process::destroyForcibly);
        javaGates.values().forEach(FaultyGate::close);
        Stream.of(kotlin, node, page, batchingPage).forEach(FaultyGate::close);
        Stream.of(tracker, strict).forEach(RunningTracker::close);
    }

    @Test
    void nodeTellsEverything() {
        awaitStored("node-1", 7);

        assertEverything("node-1");
        assertThat(one("node-1", EventType.IDENTIFY).inner("traits").text("favourite café"))
                .isEqualTo("Ünïcödé 🎲");
        assertRetried(node, 503, 429, 200);
        assertThat(node.seen("POST")).extracting(FaultyGate.Seen::path).containsOnly("/v1/batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser-single", "browser-batching"})
    void browsersTellEverythingFromAPageOfAnotherOrigin(String person) {
        FaultyGate gate = person.equals("browser-single") ? page : batchingPage;
        awaitStored(person, 6);

        assertThat(stored(person))
                .extracting(json -> json.text("type"))
                .containsExactlyInAnyOrder("identify", "track", "page", "screen", "group", "alias");
        assertThat(one(person, EventType.TRACK).inner("properties").text("note"))
                .isEqualTo("Ünïcödé 🎲");
        assertThat(one(person, EventType.ALIAS).text("previousId")).isEqualTo(person + "-before");
        assertRetried(gate, 503, 429, 200);
        assertThat(gate.seen("OPTIONS")).isNotEmpty().allMatch(preflight -> preflight.status() == 204);
        // A retry says which one it is, and a browser asks first whether it may.
        assertThat(gate.seen("POST"))
                .anyMatch(each -> each.header("x-retry-count").isPresent())
                .allMatch(each -> each.header("content-type").orElse("").startsWith("text/plain"));
    }

    /** What Android applications use. */
    @Test
    void kotlinTellsEverything() {
        awaitStored("kotlin-1", 4);
        awaitStored("kotlin-1b", 1);

        assertThat(one("kotlin-1", EventType.IDENTIFY).inner("traits").text("plan"))
                .isEqualTo("gold");
        assertThat(one("kotlin-1", EventType.TRACK).inner("properties").find("revenue"))
                .contains(PRICE);
        assertThat(one("kotlin-1", EventType.SCREEN).text("name")).isEqualTo("Home");
        assertThat(one("kotlin-1", EventType.GROUP).text("groupId")).isEqualTo("guild-7");
        assertThat(one("kotlin-1b", EventType.ALIAS).text("previousId")).isEqualTo("kotlin-1");
        assertRetried(kotlin, 503, 429, 200);
        assertTimesAsTheyWereStated("kotlin-1");
        assertThat(kotlin.seen("POST"))
                .allMatch(each -> each.path().equals("/v1/b"))
                .allMatch(each -> each.header("content-encoding").equals(Optional.of("gzip")))
                .allMatch(each -> each.header("content-type").equals(Optional.of("text/plain")));
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void javaTellsEverything(int refusal) {
        List<String> people = javaGates.keySet().stream()
                .filter(person -> person.startsWith("java-" + refusal))
                .toList();
        await(() -> people.stream().anyMatch(person -> stored(person).size() == 7));

        String person = people.stream()
                .filter(each -> stored(each).size() == 7)
                .findFirst()
                .orElseThrow();
        FaultyGate gate = javaGates.getOrDefault(person, node);
        assertEverything(person);
        assertRetried(gate, refusal, 200);
        assertTimesAsTheyWereStated(person);
        assertThat(gate.seen("POST")).extracting(FaultyGate.Seen::path).allMatch(path -> path.endsWith("/v1/import/"));
    }

    private void sendByJava(String person, int refusal) {
        FaultyGate gate = new FaultyGate(strict.base()).refuse(refusal);
        javaGates.put(person, gate);
        Analytics sdk = Analytics.builder("key-1")
                .endpoint(gate.base().toString())
                .flushQueueSize(4)
                .flushInterval(1, TimeUnit.SECONDS)
                // To shut it down would be to wait for what it waits for.
                .threadFactory(Thread.ofPlatform().daemon().factory())
                .build();
        sdk.enqueue(IdentifyMessage.builder().userId(person).traits(Map.of("plan", "gold")));
        sdk.enqueue(TrackMessage.builder("Order Completed")
                .userId(person)
                .properties(Map.of("revenue", 4.99))
                .context(Map.of("app", Map.of("version", "4.12.1")))
                .enableIntegration("Some Partner", true));
        sdk.enqueue(TrackMessage.builder("Long Ago")
                .userId(person)
                .messageId(person + "-long-ago")
                .timestamp(Date.from(Instant.parse("2020-02-29T12:34:56.789Z"))));
        sdk.enqueue(PageMessage.builder("Shop").userId(person).properties(Map.of("url", "u")));
        sdk.enqueue(ScreenMessage.builder("Home").anonymousId(person + "-device"));
        sdk.enqueue(GroupMessage.builder("guild-7").userId(person).traits(Map.of("name", "The Ravens")));
        sdk.enqueue(AliasMessage.builder(person + "-device").userId(person));
        sdk.flush();
    }

    private void sendByKotlin() {
        String host = kotlin.base().getAuthority() + "/v1";
        Configuration configuration = new ConfigurationBuilder("key-1")
                .setApplication("sluice-test")
                .setApiHost(host)
                .setCdnHost(host)
                .setRequestFactory(new WithoutTls())
                .setFlushAt(5)
                .setFlushInterval(1)
                .build();
        configuration.setStorageProvider(new InMemoryStorageProvider());
        var sdk = new JavaAnalytics(configuration);
        sdk.identify("kotlin-1", Map.of("plan", "gold"));
        sdk.track("Order Completed", Map.of("revenue", 4.99));
        sdk.screen("Home", Map.of(), "Store");
        sdk.group("guild-7", Map.of("name", "The Ravens"));
        sdk.alias("kotlin-1b");
        sdk.flush();
    }

    /** What is stored was seen by the gate, which may not know its answer yet. */
    private static void assertRetried(FaultyGate gate, Integer... statuses) {
        await(() -> gate.seen("POST").stream().anyMatch(each -> each.status() == statuses[statuses.length - 1]));
        assertThat(gate.seen("POST")).extracting(FaultyGate.Seen::status).contains(statuses);
    }

    private void awaitStored(String person, int events) {
        await(() -> stored(person).size() >= events);
        assertThat(stored(person)).as("events of " + person).hasSize(events);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(condition.getAsBoolean()).as("within " + PATIENCE).isTrue();
    }

    private void assertTimesAsTheyWereStated(String person) {
        assertThat(stored(person))
                .allSatisfy(json -> assertThat(json.text("timestamp")).isEqualTo(json.text("originalTimestamp")));
    }

    private void assertEverything(String person) {
        assertThat(stored(person))
                .extracting(json -> json.text("type"))
                .containsExactlyInAnyOrder("identify", "track", "track", "page", "screen", "group", "alias");
        assertThat(one(person, EventType.IDENTIFY).inner("traits").text("plan")).isEqualTo("gold");
        Value.Fields order = stored(person).stream()
                .filter(json -> json.findText("event").equals(Optional.of("Order Completed")))
                .findFirst()
                .orElseThrow();
        assertThat(order.inner("properties").find("revenue")).contains(PRICE);
        assertThat(order.inner("context").inner("app").text("version")).isEqualTo("4.12.1");
        assertThat(order.inner("integrations").flag("Some Partner")).isTrue();
        assertThat(one(person, EventType.PAGE).text("name")).isEqualTo("Shop");
        assertThat(one(person, EventType.SCREEN).text("anonymousId")).isEqualTo(person + "-device");
        assertThat(one(person, EventType.GROUP).text("groupId")).isEqualTo("guild-7");
        assertThat(one(person, EventType.ALIAS).text("previousId")).isEqualTo(person + "-device");
        assertThat(one(person, person + "-long-ago").text("timestamp")).isEqualTo("2020-02-29T12:34:56.789Z");
    }

    /** The stored events of a person, or of a device of the same name, each once. */
    private List<Value.Fields> stored(String person) {
        Map<String, Value.Fields> byId = new LinkedHashMap<>();
        Stream.of(tracker, strict)
                .flatMap(each -> each.aws().records().stream())
                .flatMap(record -> LineBatch.decode(record.data(), 1 << 20).stream())
                .map(JsonText::readObject)
                .filter(json -> json.findText("userId")
                        .or(() -> json.findText("anonymousId"))
                        .filter(id -> id.equals(person) || id.equals(person + "-device"))
                        .isPresent())
                .forEach(json -> byId.put(json.text("messageId"), json));
        return List.copyOf(byId.values());
    }

    private Value.Fields one(String person, EventType type) {
        return stored(person).stream()
                .filter(json -> json.text("type").equals(type.word()))
                .findFirst()
                .orElseThrow();
    }

    private Value.Fields one(String person, String messageId) {
        return stored(person).stream()
                .filter(json -> json.text("messageId").equals(messageId))
                .findFirst()
                .orElseThrow();
    }

    /** A program of segment-sdks; what it says is shown. */
    private void start(String program, FaultyGate gate, String person, String... more) {
        var command = new ArrayList<>(List.of(
                "node", Path.of("segment-sdks", program).toString(), gate.base().toString(), "key-1", person));
        command.addAll(List.of(more));
        try {
            processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The SDK always says https, which a tracker gets from its load balancer. */
    private static final class WithoutTls extends RequestFactory {
        @Override
        public HttpURLConnection openConnection(String url) {
            try {
                return (HttpURLConnection)
                        URI.create(url.replaceFirst("^https:", "http:")).toURL().openConnection();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
