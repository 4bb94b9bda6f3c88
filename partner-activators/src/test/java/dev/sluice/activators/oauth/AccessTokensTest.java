package dev.sluice.activators.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: the request is what RFC 7523 and Google's page say; a token is asked for once and used until five minutes before
 * its end, however many ask; a token that was not taken is not given out again; a refusal and an illness are told apart, and
 * neither is asked about again at once; nothing of the secret shows.
 */
final class AccessTokensTest {
    private static final String SCOPE = "https://www.googleapis.com/auth/datamanager";
    private static final URI ADDRESS = URI.create("https://tokens.example/token");
    private static final TestServiceAccount ACCOUNT = new TestServiceAccount("sluice@demo.example");

    private final SetClock clock = new SetClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Giver giver = new Giver();
    private final AccessTokens tokens = new AccessTokens(giver, clock);
    private final Secret file = ACCOUNT.file(ADDRESS);

    @Test
    void theRequestIsAnAssertionThatTheKeySigned() throws Exception {
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));

        Request request = giver.requests.getFirst();
        String form = new String(request.body(), StandardCharsets.UTF_8);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo(ADDRESS);
        assertThat(request.headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        SignedJWT assertion = SignedJWT.parse(form.substring(form.lastIndexOf('=') + 1));
        assertThat(assertion.verify(new RSASSAVerifier(ACCOUNT.publicKey()))).isTrue();
        assertThat(assertion.getHeader().toJSONObject())
                .isEqualTo(Map.of("alg", "RS256", "typ", "JWT", "kid", "key-1"));
        assertThat(assertion.getPayload().toJSONObject())
                .isEqualTo(Map.of(
                        "iss",
                        "sluice@demo.example",
                        "aud",
                        ADDRESS.toString(),
                        "scope",
                        SCOPE,
                        "iat",
                        clock.instant().getEpochSecond(),
                        "exp",
                        clock.instant().getEpochSecond() + 3600));
    }

    @Test
    void aTokenIsUsedUntilFiveMinutesBeforeItsEnd() {
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
        clock.pass(Duration.ofSeconds(3600 - 300 - 1));
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
        clock.pass(Duration.ofSeconds(1));
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-2"));
    }

    @Test
    void aTokenThatLastsTenMinutesOrLessIsUsedForHalfOfThem() {
        giver.body = "{\"access_token\":\"token-N\",\"expires_in\":60}";
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
        clock.pass(Duration.ofSeconds(29));
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
        clock.pass(Duration.ofSeconds(1));
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-2"));
    }

    @Test
    void manyWhoAskAtOnceAreGivenOneToken() throws Exception {
        giver.gate = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Token> asking = () -> tokens.token(file, SCOPE);
            var answers = Collections.nCopies(50, asking).stream()
                    .map(threads::submit)
                    .toList();
            giver.gate.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(new Token.Granted("token-1"));
            }
        }
        assertThat(giver.requests).hasSize(1);
    }

    @Test
    void everyScopeAndEveryAccountHasItsOwn() {
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
        assertThat(tokens.token(file, "another")).isEqualTo(new Token.Granted("token-2"));
        assertThat(tokens.token(new TestServiceAccount("b@demo.example").file(ADDRESS), SCOPE))
                .isEqualTo(new Token.Granted("token-3"));
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-1"));
    }

    @Test
    void aTokenThatWasNotTakenIsNotGivenOutAgain() {
        var first = new Token.Granted("token-1");
        assertThat(tokens.token(file, SCOPE)).isEqualTo(first);
        tokens.forget(file, SCOPE, first);
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-2"));
        tokens.forget(file, SCOPE, first);
        assertThat(tokens.token(file, SCOPE))
                .as("one who comes late does not throw the new one away")
                .isEqualTo(new Token.Granted("token-2"));
    }

    @Test
    void anAccountThatIsNotTakenIsRefusedAndAskedAboutAgainAfterAMinute() {
        giver.status = 400;
        giver.body = "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}";
        assertThat(tokens.token(file, SCOPE))
                .isEqualTo(new Token.Refused("the service account is not taken: invalid_grant"));
        clock.pass(Duration.ofSeconds(59));
        assertThat(tokens.token(file, SCOPE)).isInstanceOf(Token.Refused.class);
        assertThat(giver.requests).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        giver.status = 200;
        giver.body = Giver.GRANTED;
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Granted("token-2"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "500, '{\"error\":\"internal_failure\"}'",
                "503, '<html>sorry</html>'",
                "200, '<html>sign in</html>'",
                "200, '{}'",
                "200, ''",
                "200, '{\"access_token\":\"t\",\"expires_in\":\"soon\"}'",
                "400, '<html>bad</html>'",
                "400, '{\"error\":{\"code\":400}}'",
                "429, '{\"error\":\"rate_limit_exceeded\"}'",
                "302, ''",
            })
    void anIllGiverIsLeftAloneForFiveSeconds(int status, String body) {
        giver.status = status;
        giver.body = body;
        assertThat(tokens.token(file, SCOPE)).isInstanceOf(Token.Unavailable.class);
        clock.pass(Duration.ofSeconds(4));
        assertThat(tokens.token(file, SCOPE)).isInstanceOf(Token.Unavailable.class);
        assertThat(giver.requests).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(tokens.token(file, SCOPE)).isInstanceOf(Token.Unavailable.class);
        assertThat(giver.requests).hasSize(2);
    }

    @Test
    void noAnswerIsUnavailable() {
        giver.unanswered = true;
        assertThat(tokens.token(file, SCOPE)).isEqualTo(new Token.Unavailable("no access token: timed out"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "not JSON",
                "'{\"type\":\"authorized_user\"}'",
                "'{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"hush\",\"token_uri\":\"https://t.example\"}'",
                "'{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"-----BEGIN PRIVATE KEY-----hush-----END PRIVATE KEY-----\",\"token_uri\":\"https://t.example\"}'",
            })
    void aSecretThatIsNoServiceAccountIsRefusedWithoutShowingIt(String text) {
        assertThat(tokens.token(new Secret(text), SCOPE))
                .isInstanceOfSatisfying(
                        Token.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("the secret is not a service account: ")
                                .doesNotContain("hush"));
        assertThat(giver.requests).isEmpty();
    }

    @Test
    void aTokenDoesNotShowItself() {
        assertThat(tokens.token(file, SCOPE).toString()).isEqualTo("Granted[hidden]");
    }

    /** Gives a new token for each request, unless it is told otherwise. */
    private static final class Giver implements PartnerHttp {
        static final String GRANTED = "{\"access_token\":\"token-N\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";

        final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
        int status = 200;
        String body = GRANTED;
        boolean unanswered;
        CountDownLatch gate = new CountDownLatch(0);

        @Override
        public Exchange call(Request request, Duration within) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            requests.add(request);
            if (unanswered) {
                return new Exchange.Unanswered("timed out", true);
            }
            byte[] bytes = body.replace("token-N", "token-" + requests.size()).getBytes(StandardCharsets.UTF_8);
            return new Exchange.Answered(status, Map.of("content-type", "application/json"), bytes, true);
        }
    }

    private static final class SetClock extends Clock {
        private volatile Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
