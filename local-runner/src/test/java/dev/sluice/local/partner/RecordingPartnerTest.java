package dev.sluice.local.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: a signed change is recorded once, repeats are counted; an unsigned one is refused; a bad mood records
 * nothing and says so; a hanging partner lets go when it feels better.
 */
class RecordingPartnerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);
    private static final String BODY = """
            {"type":"segment.entered","timestamp":"2026-11-21T11:59:58Z","data":{"account":"demo","userId":"u1",\
            "segment":"skips-ads","version":4,"ruleSet":1,"eventId":"e1","eventReceivedAt":"2026-11-21T11:59:59Z"}}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private RecordingPartner partner;

    @BeforeEach
    void start() throws Exception {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(KEY);
        partner = RecordingPartner.start(0, secret, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        http.close();
        partner.close();
    }

    @Test
    void aSignedChangeIsRecorded() throws Exception {
        assertThat(post("msg_1", BODY).statusCode()).isEqualTo(204);
        assertThat(partner.recorded().deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo("msg_1");
            assertThat(delivery.entered()).isTrue();
            assertThat(delivery.person()).isEqualTo("demo/u1");
            assertThat(delivery.segment()).isEqualTo("skips-ads");
            assertThat(delivery.version()).isEqualTo(4);
            assertThat(delivery.eventId()).isEqualTo("e1");
            assertThat(delivery.eventReceivedAt()).isEqualTo("2026-11-21T11:59:59Z");
            assertThat(delivery.at()).isEqualTo("2026-11-21T11:59:58Z");
            assertThat(delivery.arrivedAt()).isEqualTo(NOW);
            assertThat(delivery.body()).isEqualTo(BODY);
        });
        assertThat(partner.firstArrivalNanos("e1")).isPresent();
        assertThat(partner.firstArrivalNanos("e2")).isEmpty();
    }

    @Test
    void aPersonWithoutUserIdIsNamedAsTheTableDoes() throws Exception {
        post("msg_1", BODY.replace("\"userId\":\"u1\"", "\"anonymousId\":\"a1\""));
        assertThat(partner.latest(1)).extracting(Delivery::person).containsExactly("demo/anonymous:a1");
    }

    @Test
    void aRepeatUnderTheSameIdIsCountedAndNotRecorded() throws Exception {
        post("msg_1", BODY);
        assertThat(post("msg_1", BODY).statusCode()).isEqualTo(204);
        post("msg_1", BODY.replace("skips-ads", "lapsed"));
        PartnerRecord recorded = partner.recorded();
        assertThat(recorded.deliveries()).hasSize(1);
        assertThat(recorded.redelivered()).isEqualTo(2);
        assertThat(recorded.altered()).isEqualTo(1);
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        HttpRequest request = request("msg_1", BODY, sign("msg_2", BODY));
        assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        assertThat(partner.recorded().deliveries()).isEmpty();
        assertThat(partner.recorded().badSignatures()).isEqualTo(1);
    }

    @Test
    void anUnknownFormIsRefused() throws Exception {
        assertThat(post("msg_1", "{\"type\":\"segment.entered\"}").statusCode()).isEqualTo(400);
        assertThat(post("msg_2", "[]").statusCode()).isEqualTo(400);
        assertThat(post("msg_3", "{").statusCode()).isEqualTo(400);
        assertThat(post("msg_4", "x".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(partner.recorded().unreadable()).isEqualTo(3);
    }

    @Test
    void aFailingPartnerRecordsNothingUntilItFeelsBetter() throws Exception {
        partner.feel(new Mood.Failing(503));
        assertThat(post("msg_1", BODY).statusCode()).isEqualTo(503);
        assertThat(partner.recorded().deliveries()).isEmpty();
        partner.feel(new Mood.Slow(Duration.ofMillis(1)));
        assertThat(post("msg_1", BODY).statusCode()).isEqualTo(204);
        assertThat(partner.recorded().refused()).isEqualTo(1);
        assertThat(partner.recorded().redelivered()).isZero();
    }

    @Test
    void aHangingPartnerAnswersNobodyUntilItFeelsBetter() throws Exception {
        partner.feel(new Mood.Hanging());
        HttpRequest impatient = HttpRequest.newBuilder(
                        request("msg_1", BODY, sign("msg_1", BODY)), (name, value) -> true)
                .timeout(Duration.ofMillis(100))
                .build();
        assertThatThrownBy(() -> http.send(impatient, BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
        CompletableFuture<HttpResponse<Void>> patient =
                http.sendAsync(request("msg_2", BODY, sign("msg_2", BODY)), BodyHandlers.discarding());
        partner.feel(new Mood.Well());
        assertThat(patient.join().statusCode()).isIn(204, 503);
    }

    private HttpResponse<Void> post(String id, String body) throws Exception {
        return http.send(request(id, body, sign(id, body)), BodyHandlers.discarding());
    }

    private HttpRequest request(String id, String body, String signature) {
        return HttpRequest.newBuilder(partner.address())
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String sign(String id, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] signed = mac.doFinal((id + "." + NOW.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(signed);
    }
}
