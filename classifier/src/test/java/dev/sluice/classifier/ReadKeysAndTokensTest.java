package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.REQUESTS_PER_SECOND;
import static dev.sluice.classifier.ProgramUnderTest.get;
import static dev.sluice.classifier.ProgramUnderTest.inNoTime;
import static dev.sluice.classifier.ProgramUnderTest.json;
import static dev.sluice.classifier.ProgramUnderTest.publish;
import static dev.sluice.classifier.ProgramUnderTest.send;
import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who is answered by the whole program:
 *
 * <ul>
 *   <li>no key, a wrong one, a revoked one and one of another account's people are refused;
 *   <li>a token is of one person, for a while, and worth nothing once its key is revoked; it may come from a page of any
 *       origin, a key may not;
 *   <li>too fast is 429.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class ReadKeysAndTokensTest {
    @Test
    void whoHasNoGoodKeyIsRefused() {
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("Authorization", "Bearer nobodys"),
                Map.of("Authorization", "Bearer gone"),
                Map.of("Authorization", "Basic !!!"),
                Map.of("Authorization", "Digest all"),
                Map.of("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."))) {
            HttpResponse<String> refused = send("GET", "/v1/people/ann/segments", headers, "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().allValues("WWW-Authenticate")).anyMatch(each -> each.startsWith("Bearer"));
            assertThat(refused.body()).contains("unauthorized").doesNotContain("gold");
        }
        assertThat(get("/v1/people/anonymous%3Ax/segments", "all").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of(), "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenIsOfOnePerson() {
        HttpResponse<String> made = send(
                "POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer some"), "{\"expiresInSeconds\":3600}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        String token = json(made).text("token");

        HttpResponse<String> own = get("/v1/people/ann/segments", token);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.body()).contains("gold").doesNotContain("silver");
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        HttpResponse<String> others = get("/v1/people/Zo%C3%AB%2F1%20%26%202/segments", token);
        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(others.body()).doesNotContain("gold");
        assertThat(get("/v1/anonymous/ann/segments", token).statusCode()).isEqualTo(403);
        assertThat(get("/v1/people/ann/segments", forged(token)).statusCode()).isEqualTo(401);
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer " + token), "")
                        .statusCode())
                .isEqualTo(403);
    }

    /** Another character in the middle of its signature. */
    private static String forged(String token) {
        int at = token.length() - 20;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    @Test
    void aTokenLivesAnHourAtMost() {
        for (String body : List.of("{\"expiresInSeconds\":3601}", "{\"expiresInSeconds\":0}", "{\"x\":1}", "[")) {
            assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer all"), body)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer all"), " ".repeat(2_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aPageMayAskWithATokenOnly() {
        HttpResponse<String> preflight =
                send("OPTIONS", "/v1/people/ann/segments", Map.of("Access-Control-Request-Method", "GET"), "");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Authorization, If-None-Match");
        assertThat(get("/v1/people/ann/segments", "eyJhbGciOiJIUzI1NiJ9.e30.x")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void aKeyThatIsRevokedIsSoonRefusedAndSoAreItsTokens() {
        publish(keys("leaving", 1, key("leaver")));
        Client.await(() -> get("/v1/people/x/segments", "leaver").statusCode(), status -> status == 200);
        String token = json(send("POST", "/v1/people/x/tokens", Map.of("Authorization", "Bearer leaver"), ""))
                .text("token");
        assertThat(get("/v1/people/x/segments", token).statusCode()).isEqualTo(200);

        publish(keys("leaving", 2, revoked("leaver")));

        Client.await(() -> get("/v1/people/x/segments", "leaver").statusCode(), status -> status == 401);
        assertThat(get("/v1/people/x/segments", token).statusCode()).isEqualTo(401);
    }

    @Test
    void whoAsksTooFastIsToldWhen() {
        List<HttpResponse<String>> answers = new ArrayList<>();
        inNoTime(() -> {
            for (int i = 0; i < 2 * REQUESTS_PER_SECOND + 1; i++) {
                answers.add(get("/v1/people/ann/segments", "fast"));
            }
            assertThat(get("/v1/people/ann/segments", "all").statusCode())
                    .as("another key is not too fast")
                    .isEqualTo(200);
        });

        HttpResponse<String> refused = answers.removeLast();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(get("/v1/people/ann/segments", "fast").statusCode()).isEqualTo(200);
    }
}
