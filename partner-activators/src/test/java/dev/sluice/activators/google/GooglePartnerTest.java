package dev.sluice.activators.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.audience.AudiencePartnerContract;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.identity.Hash;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.oauth.TestServiceAccount;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises besides those of all: since one bad member fails a whole request, the bad ones are rejected and the others come
 * again; a token that was revoked is asked for once more; every canonical error has its outcome, and Google's own delay is kept.
 */
final class GooglePartnerTest extends AudiencePartnerContract {
    /** Making a key takes a while. */
    private static final TestServiceAccount OURS = new TestServiceAccount("sluice@demo.example");

    private static final TestServiceAccount STRANGER = new TestServiceAccount("sluice@demo.example");
    private final DataManagerServer google = new DataManagerServer(OURS);
    private final AccessTokens tokens = new AccessTokens(http, clock);

    /** Tokens are fetched before the tests that script the next answers. */
    @BeforeEach
    void holdAToken() {
        assertThat(tokens.token(secret(), GooglePartner.SCOPE).toString()).isEqualTo("Granted[hidden]");
    }

    @Test
    void aBadMemberIsRejectedAndTheOthersComeAgain() {
        google.dislike(Hash.sha256("person1@example.com"));
        List<Delivery> batch = deliveries(3, "gold", Direction.ENTERED);
        List<Outcome> outcomes = tell(batch).outcomes();
        assertThat(outcomes)
                .containsExactly(
                        Outcome.RetryLater.notTaken("another member made the request fail"),
                        new Outcome.Rejected("Google answered 400 INVALID_ARGUMENT INVALID_SHA256_FORMAT"),
                        Outcome.RetryLater.notTaken("another member made the request fail"));
        assertThat(google.peopleIn(audience(1))).isZero();
        assertThat(tell(List.of(batch.getFirst(), batch.getLast())).outcomes()).containsOnly(new Outcome.Delivered());
    }

    @Test
    void anAudienceThatIsNotThereIsParkedAndTheOthersGoOn() {
        google.forgetAudience(audience(1));
        var batch = new ArrayList<>(deliveries(1, "gold", Direction.ENTERED));
        batch.addAll(deliveries(1, "silver", Direction.ENTERED));
        assertThat(tell(batch).outcomes())
                .containsExactly(
                        new Outcome.Parked("Google answered 400 INVALID_ARGUMENT INVALID_USER_LIST_ID", Scope.AUDIENCE),
                        new Outcome.Delivered());
    }

    @Test
    void aTokenThatWasRevokedIsAskedForOnceMore() {
        tell(deliveries(1, "gold", Direction.ENTERED));
        int before = google.tokensGiven();
        google.revokeTokens();
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes()).containsOnly(new Outcome.Delivered());
        assertThat(google.tokensGiven()).isEqualTo(before + 1);
    }

    @Test
    void aTokenThatIsNeverTakenParksTheConnection() {
        Reply refused = DataManagerServer.error(401, "UNAUTHENTICATED", "no", "");
        String another = "{\"access_token\":\"another\",\"expires_in\":3599}";
        server().next(refused, Reply.json(200, another), refused);
        assertParked(tell(deliveries(1, "gold", Direction.ENTERED)));
    }

    @Test
    void noTokenForNowIsLater() {
        google.revokeTokens();
        server().next(DataManagerServer.error(401, "UNAUTHENTICATED", "no", ""), Reply.html(503));
        assertThat(tell(deliveries(1, "gold", Direction.ENTERED)).outcomes())
                .allMatch(Outcome.RetryLater.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "429,RESOURCE_EXHAUSTED,later",
        "503,UNAVAILABLE,later",
        "504,DEADLINE_EXCEEDED,later",
        "500,INTERNAL,later",
        "409,ABORTED,later",
        "500,UNKNOWN,later",
        "403,PERMISSION_DENIED,connection",
        "404,NOT_FOUND,audience",
        "400,FAILED_PRECONDITION,audience",
        "400,INVALID_ARGUMENT,connection",
        "501,UNIMPLEMENTED,later",
        "400,SOMETHING_NEW,rejected",
        "400,person@example.com,rejected",
    })
    void everyCanonicalErrorHasItsOutcome(int code, String status, String expected) {
        server().next(DataManagerServer.error(code, status, "text", ""));
        Outcome outcome =
                tell(deliveries(1, "gold", Direction.ENTERED)).outcomes().getFirst();
        assertThat(kind(outcome)).isEqualTo(expected);
        assertThat(outcome.toString()).doesNotContain("@");
    }

    @Test
    void googlesOwnDelayIsKept() {
        server().next(DataManagerServer.error(
                429,
                "RESOURCE_EXHAUSTED",
                "quota",
                "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"3.5s\"}"));
        Answer answer = tell(deliveries(1, "gold", Direction.ENTERED));
        assertThat(answer.outcomes())
                .containsExactly(Outcome.RetryLater.notTaken("Google answered 429 RESOURCE_EXHAUSTED"));
        assertThat(answer.pace().notBefore()).contains(NOW.plusSeconds(4));
        assertThat(answer.pace().tooFast()).isTrue();
    }

    @Test
    void aMemberThatWasNotSentIsNobodysFault() {
        server().next(DataManagerServer.error(
                400,
                "INVALID_ARGUMENT",
                "bad",
                "{\"fieldViolations\":[{\"field\":\"audienceMembers[17].userData\",\"reason\":\"INVALID_FORMAT\"}]}"));
        assertParked(tell(deliveries(2, "gold", Direction.ENTERED)));
    }

    @Test
    void consentThatTheConnectionDoesNotAskForIsNotClaimed() {
        Connection claims = connection(Map.of("consent", new Value.Fields(Map.of("adUserData", Value.of("granted")))));
        assertThat(partner().problem(claims))
                .contains("consent that the connection does not ask for cannot be claimed to Google");
        var asks = new Connection(
                claims.name(),
                claims.partner(),
                claims.audiences(),
                new Consent(Consent.Policy.ALL, List.of("ads")),
                claims.secret(),
                false,
                claims.settings());
        assertThat(partner().problem(asks)).isEmpty();
        assertThat(partner()
                        .deliver(asks, deliveries(1, "gold", Direction.ENTERED))
                        .outcomes())
                .containsExactly(new Outcome.Delivered());
        Connection denies =
                connection(Map.of("consent", new Value.Fields(Map.of("adPersonalization", Value.of("denied")))));
        assertThat(partner().problem(denies)).isEmpty();
    }

    @Test
    void peopleWhoWereNamedUnderOtherSettingsGoInARequestOfTheirOwn() {
        Connection mobile = connection(Map.of("identifiers", new Value.Many(List.of(Value.of("mobile")))));
        var batch = new ArrayList<>(deliveries(2, "gold", Direction.ENTERED));
        batch.add(1, delivery(mobile, 7, "gold", Direction.ENTERED));
        assertThat(tell(batch).outcomes()).hasSize(3).containsOnly(new Outcome.Delivered());
        assertThat(google.peopleIn(audience(1))).isEqualTo(3);
    }

    @Test
    void aPersonWithoutAnyIdentifierIsNotTold() {
        assertThat(partner().recipient(connection(), person(1), Shared.NOTHING)).isEmpty();
        Connection address = connection(Map.of("identifiers", new Value.Many(List.of(Value.of("address")))));
        var half = new Shared(new Value.Fields(Map.of("firstName", Value.of("Dana"))), Optional.empty());
        assertThat(partner().recipient(address, person(1), half)).isEmpty();
    }

    @Test
    void settingsAreReadStrictly() {
        assertThat(partner().problem(connection(Map.of("termsAccepted", Value.of(false)))))
                .contains("settings: termsAccepted must be true: contact data needs the terms of Customer Match");
        assertThat(partner()
                        .problem(connection(
                                Map.of("identifiers", new Value.Many(List.of(Value.of("mobile"), Value.of("email")))))))
                .contains("settings: identifiers must hold mobile alone or not at all");
        assertThat(partner().problem(connection(Map.of("operatingAccount", Value.NOTHING))))
                .contains("settings: operatingAccount is missing");
    }

    @Override
    protected JudgingServer server() {
        return google.server();
    }

    @Override
    protected Partner partner(Secrets secrets, Clock with, Duration call) {
        return new GooglePartner(http, secrets, tokens, with, new Endpoint(server().base(), call));
    }

    /** With a file of our own: a fixture holds no private key. */
    @Override
    protected Partner recorded(PartnerHttp recording, Secrets secrets) {
        Secret file = OURS.file(URI.create("https://oauth2.example/token"));
        return new GooglePartner(recording, (account, name) -> file, new AccessTokens(recording, clock), clock);
    }

    @Override
    protected Secret secret() {
        return OURS.file(URI.create(server().base() + "/token"));
    }

    @Override
    protected Secret wrongSecret() {
        return STRANGER.file(URI.create(server().base() + "/token"));
    }

    @Override
    protected Value.Fields settings(Map<String, Value> others) {
        var settings = new LinkedHashMap<String, Value>();
        settings.put(
                "operatingAccount",
                new Value.Fields(Map.of("accountType", Value.of("GOOGLE_ADS"), "accountId", Value.of("1234567890"))));
        settings.put("termsAccepted", Value.of(true));
        settings.putAll(others);
        return new Value.Fields(settings);
    }

    @Override
    protected String dryRun() {
        return "validateOnly";
    }

    @Override
    protected String audience(int number) {
        return "765" + number;
    }

    @Override
    protected int peopleIn(String audience) {
        return google.peopleIn(audience);
    }
}
