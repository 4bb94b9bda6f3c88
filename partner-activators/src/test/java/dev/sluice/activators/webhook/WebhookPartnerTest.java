package dev.sluice.activators.webhook;

import static dev.sluice.activators.webhook.PartnerServer.endless;
import static dev.sluice.activators.webhook.PartnerServer.html;
import static dev.sluice.activators.webhook.PartnerServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.People;
import dev.sluice.activators.http.EgressGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of the webhook:
 *
 * <ul>
 *   <li>a partner can check the signature with nothing but the specification
 *   <li>a retry differs in time and signature only
 *   <li>2xx is delivered; redirects (never followed), 408, 425, 429, 5xx and silence come again; all else is rejected
 *   <li>a partner that asks to be left alone is, within a bound, for all deliveries
 *   <li>no answer, however slow or long, holds us beyond the limit
 *   <li>nothing is sent where the egress guard forbids it; it comes again, for DNS may answer otherwise then
 * </ul>
 */
@Timeout(60)
final class WebhookPartnerTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    /** Beyond what a busy machine needs, for all tests but those of waiting itself. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final EgressGuard LOOPBACK = new EgressGuard(true, InetAddress::getAllByName);

    private static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");

    private final PartnerServer server = new PartnerServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void thePartnerCanCheckTheSignature() throws Exception {
        assertThat(deliver()).isEqualTo(new Outcome.Delivered());

        PartnerServer.Received request = server.received().getFirst();
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /hook?token=t");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", "msg_1")
                .containsEntry("webhook-timestamp", "1795243211");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        byte[] expected = mac.doFinal(("msg_1.1795243211." + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers())
                .containsEntry("webhook-signature", "v1," + Base64.getEncoder().encodeToString(expected));
        assertThat(request.body()).startsWith("{\"type\":\"segment.entered\"");
    }

    @Test
    void aRetryHasTheSameIdAndBody() {
        server.answers(status(500));
        assertThat(deliver(partner(NOW))).isInstanceOf(Outcome.RetryLater.class);
        server.answers(status(204));
        assertThat(deliver(partner(NOW.plusSeconds(60)))).isEqualTo(new Outcome.Delivered());

        PartnerServer.Received first = server.received().getFirst();
        PartnerServer.Received second = server.received().getLast();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.headers()).containsEntry("webhook-timestamp", "1795243271");
        assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
    void whatThePartnerWillNeverTakeIsRejected(int status) {
        server.answers(status(status));

        assertThat(deliver()).isEqualTo(new Outcome.Rejected("the partner answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndComesAgain(int status) {
        server.answers(status(status, "location", server.address() + "&again=yes"));

        assertThat(deliver()).isEqualTo(new Outcome.RetryLater("the partner answered " + status));
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void whatThePartnerMayTakeLaterComesAgain(int status) {
        server.answers(status(status));

        assertThat(deliver()).isEqualTo(new Outcome.RetryLater("the partner answered " + status));
    }

    @Test
    void aPartnerThatAsksToBeLeftAloneIsNotCalledUntilThen() {
        var clock = new HandClock(NOW);
        var partner = partner(server.address(), LOOPBACK, clock, PATIENT);
        server.answers(status(429, "retry-after", "120"));
        assertThat(deliver(partner)).isEqualTo(new Outcome.RetryLater("the partner answered 429"));

        server.answers(status(204));
        clock.set(NOW.plusSeconds(119));
        assertThat(deliver(partner))
                .isEqualTo(new Outcome.RetryLater("the partner asked to be left alone until 2026-11-21T06:42:11Z"));
        assertThat(server.received()).hasSize(1);

        clock.set(NOW.plusSeconds(120));
        assertThat(deliver(partner)).isEqualTo(new Outcome.Delivered());
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void theWishToBeLeftAloneIsBoundedAndMayBeADate() {
        assertThat(leftAlone("120")).isEqualTo(Duration.ofSeconds(120));
        assertThat(leftAlone("Sat, 21 Nov 2026 06:41:11 GMT")).isEqualTo(Duration.ofSeconds(60));
        assertThat(leftAlone("Sat, 21 Nov 2026 06:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(leftAlone("999999999")).isEqualTo(Duration.ofHours(1));
        assertThat(leftAlone("99999999999999999999")).isEqualTo(Duration.ZERO);
        assertThat(leftAlone("soon")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aPageOfHtmlIsJudgedByItsStatusAndNeverRepeated() {
        server.answers(html(200, "<html>thanks</html>"));
        assertThat(deliver()).isEqualTo(new Outcome.Delivered());

        server.answers(html(502, "<html>bad gateway</html>"));
        assertThat(deliver()).isEqualTo(new Outcome.RetryLater("the partner answered 502"));
    }

    @Test
    void anAnswerWithoutEndIsHungUpOn() {
        server.answers(endless(200));

        assertThat(deliver()).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void silenceComesAgain() {
        server.answers(server.silence());

        assertThat(deliver(impatient())).isInstanceOf(Outcome.RetryLater.class);
    }

    @Test
    void anAnswerThatStallsInItsBodyComesAgain() {
        server.answers(server.stalledBody(200));

        assertThat(deliver(impatient())).isInstanceOf(Outcome.RetryLater.class);
    }

    @Test
    void aPartnerThatIsGoneComesAgain() {
        server.close();

        assertThat(deliver()).isEqualTo(new Outcome.RetryLater("no answer: ConnectException"));
    }

    @Test
    void nothingIsSentWhereTheGuardForbidsIt() {
        var guard = new EgressGuard(false, InetAddress::getAllByName);

        assertThat(deliver(partner(server.address(), guard, NOW)))
                .isEqualTo(new Outcome.RetryLater("egress refused: the address must begin with https"));
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aNameThatLeadsInsideForAWhileComesAgain() {
        var guard = new EgressGuard(false, host -> new InetAddress[] {InetAddress.getByName("10.0.0.1")});

        assertThat(deliver(partner(URI.create("https://partner.example/"), guard, NOW)))
                .isEqualTo(new Outcome.RetryLater("egress refused: the name leads to an address that is not public"));
    }

    @Test
    void aNameWithoutAddressComesAgain() {
        var guard = new EgressGuard(false, host -> {
            throw new UnknownHostException(host);
        });

        assertThat(deliver(partner(URI.create("https://partner.example/"), guard, NOW)))
                .isEqualTo(new Outcome.RetryLater("the partner's name has no address"));
    }

    /** How long nothing is sent after an answer with this header; found by trying, to the second. */
    private Duration leftAlone(String value) {
        var clock = new HandClock(NOW);
        var partner = partner(server.address(), LOOPBACK, clock, PATIENT);
        server.answers(status(429, "retry-after", value));
        deliver(partner);
        int before = server.received().size();
        server.answers(status(204));
        for (Duration wait :
                List.of(Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofHours(1))) {
            clock.set(NOW.plus(wait).minusMillis(1));
            boolean early = !wait.isZero() && deliver(partner) instanceof Outcome.Delivered;
            clock.set(NOW.plus(wait));
            if (!early && deliver(partner) instanceof Outcome.Delivered) {
                assertThat(server.received()).hasSize(before + 1);
                return wait;
            }
        }
        throw new AssertionError("still left alone after an hour");
    }

    private Outcome deliver() {
        return deliver(partner(NOW));
    }

    private static Outcome deliver(WebhookPartner partner) {
        return partner.deliver("msg_1", People.entered("u1", "skips-ads", 4));
    }

    private WebhookPartner partner(Instant now) {
        return partner(server.address(), LOOPBACK, now);
    }

    private static WebhookPartner partner(URI address, EgressGuard guard, Instant now) {
        return partner(address, guard, Clock.fixed(now, ZoneOffset.UTC), PATIENT);
    }

    private WebhookPartner impatient() {
        return partner(server.address(), LOOPBACK, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(300));
    }

    private static WebhookPartner partner(URI address, EgressGuard guard, Clock clock, Duration exchange) {
        var limits = new WebhookLimits(PATIENT, exchange, 16 * 1024, Duration.ofHours(1), 4);
        return new WebhookPartner(address, WebhookSecret.parse("whsec_" + KEY), guard, limits, clock);
    }
}
