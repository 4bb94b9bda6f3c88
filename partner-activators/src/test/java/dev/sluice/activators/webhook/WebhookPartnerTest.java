package dev.sluice.activators.webhook;

import static dev.sluice.activators.http.ScriptedServer.endless;
import static dev.sluice.activators.http.ScriptedServer.html;
import static dev.sluice.activators.http.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.http.ScriptedServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of the webhook (Standard Webhooks 1.0.0, read in November 2026):
 *
 * <ul>
 *   <li>a delivery becomes exactly this request, and its owner can check the signature with nothing but the specification
 *   <li>a retry differs in time and signature only
 *   <li>a batch is one request with an id of its own; each delivery in it keeps its id
 *   <li>traits are sent along only if the connection names them and the rule set shares them
 *   <li>2xx is delivered; redirects (never followed), 408, 425, 429, 5xx and silence come again; 410 and a secret that is
 *       missing park the connection; all else is rejected
 *   <li>no answer, however slow or long, holds us beyond the limit
 *   <li>what is wrong with settings is said in words, without the address
 * </ul>
 */
@Timeout(60)
final class WebhookPartnerTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SECRET = "whsec_" + KEY;
    /** Beyond what a busy machine needs, for all tests but those of waiting itself. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");
    private static final PinnedHttp HTTP = PinnedHttp.open(true);

    private final ScriptedServer server = new ScriptedServer();
    private final HandClock clock = new HandClock(NOW);

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    static void closeAll() {
        HTTP.close();
    }

    @Test
    void aDeliveryBecomesThisRequest() throws Exception {
        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());

        ScriptedServer.Received request = server.received().getFirst();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /hook?token=t");
        assertThat(request.headers())
                .containsOnlyKeys(
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent",
                        "webhook-id",
                        "webhook-signature",
                        "webhook-timestamp")
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", "msg_1")
                .containsEntry("webhook-timestamp", "1795243211")
                .containsEntry("webhook-signature", "v1," + hmac("msg_1.1795243211." + request.body()));
        assertThat(request.body() + "\n")
                .isEqualTo(new String(LambdaJson.resource("/golden/v2/webhook.json"), StandardCharsets.UTF_8));
    }

    @Test
    void aRetryDiffersInTimeAndSignatureOnly() {
        server.next(status(500));
        assertThat(deliver(Samples.entered())).isInstanceOf(Outcome.RetryLater.class);
        clock.pass(Duration.ofSeconds(60));
        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());

        ScriptedServer.Received first = server.received().getFirst();
        ScriptedServer.Received second = server.received().getLast();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.headers()).containsEntry("webhook-timestamp", "1795243271");
        assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
    }

    @Test
    void aBatchIsOneRequestInWhichEachDeliveryKeepsItsId() throws Exception {
        Connection batching = connection("\"batch\":100,\"include\":[\"email\"]");
        List<Delivery> batch = List.of(
                Samples.entered("msg_1", "u1", "{\"email\":\"u1@example.org\"}"),
                Samples.left("msg_2", "anonymous:a2", "ads-123"));

        Answer first = partner(HTTP, PATIENT).deliver(batching, batch);
        partner(HTTP, PATIENT).deliver(batching, batch);
        partner(HTTP, PATIENT).deliver(batching, batch.subList(0, 1));

        assertThat(first.outcomes()).containsExactly(new Outcome.Delivered(), new Outcome.Delivered());
        ScriptedServer.Received request = server.received().getFirst();
        assertThat(request.body() + "\n")
                .isEqualTo(new String(LambdaJson.resource("/golden/v2/webhook-batch.json"), StandardCharsets.UTF_8));
        String id = request.header("webhook-id");
        assertThat(id).matches("batch_[0-9a-f]{32}");
        assertThat(request.header("webhook-signature")).isEqualTo("v1," + hmac(id + ".1795243211." + request.body()));
        assertThat(server.received().get(1)).isEqualTo(request);
        assertThat(server.received().get(2).header("webhook-id")).isNotEqualTo(id);
        assertThat(server.received().get(2).body())
                .startsWith("[{\"id\":\"msg_1\"")
                .endsWith("}]");
    }

    @Test
    void moreThanOneDeliveryIsTakenOnlyWhereTheSettingsSaySo() {
        List<Delivery> three = IntStream.range(0, 3)
                .mapToObj(i -> Samples.entered("msg_" + i, "u" + i, ""))
                .toList();
        WebhookPartner partner = partner(HTTP, PATIENT);

        assertThat(partner.limits(connection("")).batch()).isEqualTo(1);
        assertThat(partner.limits(connection("\"batch\":3,\"callsPerSecond\":2.5")))
                .isEqualTo(new PartnerLimits(3, 16, 2.5, Duration.ofSeconds(5)));
        assertThatThrownBy(() -> partner.deliver(connection("\"batch\":2"), three))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void traitsAreSentAlongOnlyIfTheConnectionNamesThemAndTheyAreShared() {
        var person = new PersonKey("demo", "u1");
        var shared = new Shared(
                JsonText.readObject(utf8("{\"phone\":\"+1\",\"email\":\"a@b.example\",\"consents\":{\"ads\":true}}")),
                Optional.empty());
        WebhookPartner partner = partner(HTTP, PATIENT);

        assertThat(partner.recipient(connection(""), person, shared)).contains("");
        assertThat(partner.recipient(connection("\"include\":[\"city\"]"), person, shared))
                .contains("");
        assertThat(partner.recipient(connection("\"include\":[\"email\",\"consents\",\"city\"]"), person, shared))
                .contains("{\"consents\":{\"ads\":true},\"email\":\"a@b.example\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 413, 422})
    void whatTheOwnerWillNeverTakeIsRejected(int status) {
        server.always(status(status));

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.Rejected("the partner answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410})
    void anOwnerWhoIsGoneOrDoesNotKnowUsParksTheConnection(int status) {
        server.always(status(status));

        assertThat(deliver(Samples.entered()))
                .isEqualTo(new Outcome.Parked("the partner answered " + status, Outcome.Parked.Scope.CONNECTION));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndComesAgain(int status) {
        server.always(status(status, "location", server.uri("/again").toString()));

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.RetryLater("the partner answered " + status));
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 408, 425, 429, 500, 502, 503, 504})
    void whatTheOwnerMayTakeLaterComesAgain(int status) {
        server.always(status(status));

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.RetryLater("the partner answered " + status));
    }

    @Test
    void anOwnerWhoAsksToBeLeftAloneIsHeard() {
        server.always(status(503, "retry-after", "120"));

        assertThat(answer(connection(""), PATIENT).pace()).isEqualTo(Pace.notBefore(NOW.plusSeconds(120)));
    }

    @Test
    void aPageOfHtmlIsJudgedByItsStatusAndNeverRepeated() {
        server.next(html(200, "<html>thanks</html>"), html(502, "<html>bad gateway</html>"));

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());
        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.RetryLater("the partner answered 502"));
    }

    @Test
    void anAnswerWithoutEndIsHungUpOn() {
        server.always(endless(200));

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void silenceStallsAndDribblesComeAgain() {
        for (ScriptedServer.Reply slow :
                List.of(server.silence(), server.stalledBody(200), server.dribble(200, Duration.ofMillis(20)))) {
            server.next(slow);

            assertThat(answer(connection(""), Duration.ofMillis(300)).outcomes())
                    .containsExactly(new Outcome.RetryLater("no answer within PT0.3S"));
        }
    }

    @Test
    void anOwnerWhoIsAwayComesAgain() {
        server.close();

        assertThat(deliver(Samples.entered())).isEqualTo(new Outcome.RetryLater("no connection"));
    }

    @Test
    void nothingIsSentWhereItIsForbidden() {
        try (var guarded = PinnedHttp.open(false)) {
            WebhookPartner partner = partner(guarded, PATIENT);

            assertThat(partner.problem(connection(""))).contains("url: the address must begin with https");
            assertThat(partner.deliver(connection(""), List.of(Samples.entered()))
                            .outcomes())
                    .containsExactly(new Outcome.RetryLater("egress refused: the address must begin with https"));
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void withoutASecretNothingIsSent() {
        Secrets away = (account, name) -> {
            throw new UnreachableException("away", new IllegalStateException());
        };
        Secrets wrong = (account, name) -> new Secrets.Secret("whsk_" + KEY);

        assertThat(outcome(away)).isEqualTo(new Outcome.RetryLater("the secret cannot be read now"));
        assertThat(outcome(wrong))
                .isEqualTo(new Outcome.Parked("the secret is missing or wrong", Outcome.Parked.Scope.CONNECTION));
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|url is missing",
                "{\"url\":7}|url is missing",
                "{\"url\":\"https://a b/token\"}|url is not an address",
                "{\"url\":\"https://u:token@a.example/\"}|url: the address must hold neither user nor fragment",
                "{\"url\":\"http://a.example/\",\"signature\":\"rsa\"}|signature must be hmac or ed25519",
                "{\"url\":\"https://a.example/\",\"batch\":0}|batch must be a whole number from 1 to 100",
                "{\"url\":\"https://a.example/\",\"batch\":101}|batch must be a whole number from 1 to 100",
                "{\"url\":\"https://a.example/\",\"include\":\"email\"}|include must be a list of at most 20 names of traits",
                "{\"url\":\"https://a.example/\",\"include\":[1]}|include must be a list of at most 20 names of traits",
                "{\"url\":\"https://a.example/\",\"callsPerSecond\":0}|callsPerSecond must be a number from 0.1 to 1000",
                "{\"url\":\"https://a.example/\",\"x\":0}"
                        + "|settings of a webhook are batch, callsPerSecond, include, signature, url; there is another"
            })
    void whatIsWrongWithSettingsIsSaidInWords(String settings, String problem) {
        assertThat(partner(HTTP, PATIENT).problem(of(settings, Optional.of("webhook"))))
                .contains(problem);
    }

    @Test
    void settingsThatAreRightHaveNoProblem() {
        String url = "{\"url\":\"https://a.example:8443/hook?token=t\"";

        assertThat(partner(HTTP, PATIENT).problem(of(url + "}", Optional.of("webhook"))))
                .isEmpty();
        assertThat(partner(HTTP, PATIENT)
                        .problem(of(
                                url + ",\"signature\":\"ed25519\",\"batch\":100,\"include\":[\"email\"]}",
                                Optional.of("webhook"))))
                .isEmpty();
        assertThat(partner(HTTP, PATIENT).problem(of(url + "}", Optional.empty())))
                .contains("a webhook needs the name of its secret");
    }

    private Outcome outcome(Secrets secrets) {
        return new WebhookPartner(HTTP, HTTP.guard(), secrets, clock)
                .deliver(connection(""), List.of(Samples.entered()))
                .outcomes()
                .getFirst();
    }

    private Outcome deliver(Delivery delivery) {
        return partner(HTTP, PATIENT)
                .deliver(connection(""), List.of(delivery))
                .outcomes()
                .getFirst();
    }

    private Answer answer(Connection connection, Duration call) {
        return partner(HTTP, call).deliver(connection, List.of(Samples.entered()));
    }

    private WebhookPartner partner(PinnedHttp http, Duration call) {
        return new WebhookPartner(http, http.guard(), (account, name) -> new Secrets.Secret(SECRET), clock, call);
    }

    private Connection connection(String more) {
        String settings = "{\"url\":\"" + server.uri("/hook?token=t") + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
        return of(settings, Optional.of("webhook"));
    }

    private static Connection of(String settings, Optional<String> secret) {
        Value.Fields fields = JsonText.readObject(utf8(settings));
        return new Connection("hook", "webhook", Optional.empty(), Consent.NONE, secret, false, fields);
    }

    private static String hmac(String content) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(utf8(content)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
