package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.TRACK;
import static dev.sluice.tracker.boot.RunningTracker.await;
import static dev.sluice.tracker.boot.RunningTracker.bytes;
import static dev.sluice.tracker.boot.RunningTracker.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.Value;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.tracker.aws.FakeAws;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole program and its tracking plans. Promises: what is published works within seconds and without a restart, and
 * so does a revocation; each refusal has its code and its place; a source beyond its rate is told when to come back and
 * leaves the others alone; a validated request leaves nothing behind; a node that could not read the plans says so.
 */
final class TrackerPlansTest {
    private static final String[] PLANS = {"--sluice.tracker.plans.bucket=rules", "--sluice.tracker.plans.every=100ms"};
    private static final RunningTracker TRACKER = new RunningTracker(FakeAws.Mood.WELL, PLANS);

    /** The start waits for the plans, yet not for ever. */
    @BeforeAll
    static void awaitPlans() {
        await(() -> TRACKER.send(TRACKER.request("/health/ready").GET()).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @Test
    void aPlanTakesEffectWithoutARestartAndSoDoesTheNext() {
        assertThat(TRACKER.post("/v1/track", TRACK, "new-key").statusCode()).isEqualTo(401);

        publish(TRACKER, "demo", 1, source("app", "new-key", "active", "'properties':'strip'"));
        await(() -> TRACKER.post("/v1/track", TRACK, "new-key").statusCode() == 200);
        TRACKER.post(
                "/v1/track",
                "{\"event\":\"Shop\",\"userId\":\"u1\",\"messageId\":\"plan-1\",\"properties\":{\"x\":1,\"coins\":3}}",
                "new-key");
        assertThat(event("plan-1").properties()).isEqualTo(Value.Fields.NONE.with("coins", Value.of(3)));

        publish(TRACKER, "demo", 2, source("app", "new-key", "revoked", "'properties':'strip'"));
        await(() -> TRACKER.post("/v1/track", TRACK, "new-key").statusCode() == 401);
    }

    @Test
    void whatThePlanRefusesIsRefusedEventByEvent() {
        publish(TRACKER, "second", 1, source("app", "key-s", "active", "'events':'reject','properties':'reject'"));
        await(() -> TRACKER.post("/v1/alias", "{\"userId\":\"u1\",\"previousId\":\"u0\"}", "key-s")
                        .statusCode()
                == 200);

        HttpResponse<byte[]> answer = TRACKER.post(
                "/v1/batch",
                batch(
                        "'event':'Shop','properties':{'coins':1}",
                        "'event':'Other'",
                        "'event':'Shop'",
                        "'event':'Shop','properties':{'coins':2,'x':1}",
                        "'event':'Shop','properties':{'coins':'2'}"),
                "key-s");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).whole("accepted")).isEqualTo(1);
        assertThat(json(answer).innerList("rejected"))
                .extracting(refused -> refused.whole("index") + " " + refused.text("code"))
                .containsExactly("1 unplanned_event", "2 missing_property", "3 unplanned_property", "4 wrong_type");
        await(() -> TRACKER.rejected("unplanned_event").stream()
                .anyMatch(rejected -> rejected.account().equals("second")));
    }

    @Test
    void aSourceBeyondItsRateIsToldWhenToComeBackAndTheOthersAreLeftAlone() {
        publish(
                TRACKER,
                "third",
                1,
                "{'rate':{'eventsPerSecond':1,'burst':5},"
                        + source("greedy", "key-g", "active", "").substring(1),
                source("modest", "key-m", "active", ""));
        await(() -> TRACKER.post("/v1/track", TRACK, "key-m").statusCode() == 200);
        // Taken whole, since there were tokens, and paid for during the next minute.
        String[] many = Collections.nCopies(500, "'event':'Shop','properties':{'coins':1}")
                .toArray(String[]::new);
        assertThat(TRACKER.post("/v1/batch", batch(many), "key-g").statusCode()).isEqualTo(200);

        HttpResponse<byte[]> last = TRACKER.post("/v1/track", TRACK, "key-g");
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(json(last).text("code")).isEqualTo("rate_limited");
        assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
        assertThat(TRACKER.post("/v1/track", TRACK, "key-m").statusCode()).isEqualTo(200);
        assertThat(TRACKER.post("/v1/track", TRACK, "key-1").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyInTheBodyIsHeldToItsPlanToo() {
        publish(TRACKER, "fourth", 1, source("app", "key-b", "active", "'events':'reject'"));
        String body = "{\"writeKey\":\"key-b\",\"event\":\"Other\",\"userId\":\"u1\"}";
        await(() -> TRACKER.send(TRACKER.request("/v1/track").POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode()
                == 400);
    }

    @Test
    void aValidatedRequestIsAnsweredAsUsualAndLeavesNothingBehind() {
        HttpResponse<byte[]> mixed = TRACKER.post(
                "/v1/batch?validate=true", batch("'event':'A','messageId':'only-looked-at'", "'nothing':1"));
        HttpResponse<byte[]> bad = TRACKER.post("/v1/track?validate=true", "{\"event\":\"A\"}");
        HttpResponse<byte[]> broken = TRACKER.post("/v1/track?validate=true", "{\"event\":");

        assertThat(mixed.statusCode()).isEqualTo(200);
        assertThat(json(mixed).flag("validated")).isTrue();
        assertThat(json(mixed).whole("accepted")).isEqualTo(1);
        assertThat(json(mixed).innerList("rejected")).hasSize(1);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(json(bad).flag("validated")).isTrue();
        assertThat(json(bad).text("code")).isEqualTo("missing_person");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(json(broken).text("code")).isEqualTo("invalid_json");

        // What is stored after it comes to the same places, so these would be there first.
        TRACKER.post("/v1/track", "{\"event\":\"A\",\"userId\":\"u1\",\"messageId\":\"stored-after\"}");
        TRACKER.post("/v1/track", "{\"event\":\"A\",\"anonymousId\":7}");
        assertThat(event("stored-after")).isNotNull();
        await(() -> !TRACKER.rejected("bad_field").isEmpty());
        assertThat(TRACKER.events()).extracting(Event::id).doesNotContain("only-looked-at");
        assertThat(TRACKER.rejected("missing_person")).isEmpty();
        assertThat(TRACKER.rejected("invalid_json")).isEmpty();
    }

    @Test
    void aNodeThatCouldNotReadThePlansIsNotReadyAndSendsNobodyAway() {
        try (var tracker = new RunningTracker(FakeAws.Mood.BROKEN, PLANS)) {
            assertThat(tracker.send(tracker.request("/health/ready").GET()).statusCode())
                    .isEqualTo(503);
            HttpResponse<byte[]> unknown = tracker.post("/v1/track", TRACK, "key-p");
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(json(unknown).text("code")).isEqualTo("sources_unread");
            assertThat(tracker.post("/v1/track", TRACK, "key-1").statusCode()).isEqualTo(200);

            publish(tracker, "demo", 1, source("app", "key-p", "active", ""));
            tracker.aws().s3(FakeAws.Mood.WELL);
            await(() -> tracker.post("/v1/track", TRACK, "key-p").statusCode() == 200);
            await(() -> tracker.send(tracker.request("/health/ready").GET()).statusCode() == 200);
            assertThat(tracker.post("/v1/track", TRACK, "nobodys").statusCode()).isEqualTo(401);
        } finally {
            TRACKER.point();
        }
    }

    private static void publish(RunningTracker tracker, String account, int number, String... sources) {
        String plan = "{'v':1,'account':'" + account + "','number':" + number + ",'sources':["
                + String.join(",", sources)
                + "],'events':[{'name':'Shop','properties':{'coins':{'type':'integer','required':true}}},"
                + "{'name':'Card Played','properties':{}}]}";
        tracker.aws()
                .objects()
                .put("rules/tracking-plans/%s/%010d.json".formatted(account, number), bytes(plan.replace('\'', '"')));
    }

    private static String source(String name, String key, String status, String unplanned) {
        return "{'name':'" + name + "','keys':[{'sha256':'" + SourceKey.hash(key) + "','status':'" + status
                + "'}],'unplanned':{" + unplanned + "}}";
    }

    private static String batch(String... events) {
        return "{\"batch\":["
                + String.join(
                                ",",
                                Arrays.stream(events)
                                        .map(event -> "{'type':'track','userId':'u1'," + event + "}")
                                        .toList())
                        .replace('\'', '"')
                + "]}";
    }

    private static Event event(String id) {
        return TRACKER.events().stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
