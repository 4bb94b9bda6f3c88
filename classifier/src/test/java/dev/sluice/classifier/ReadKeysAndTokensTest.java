package dev.sluice.classifier;

import static dev.sluice.classifier.AppsUnderTest.HTTP;
import static dev.sluice.classifier.AppsUnderTest.address;
import static dev.sluice.classifier.AppsUnderTest.get;
import static dev.sluice.classifier.AppsUnderTest.json;
import static dev.sluice.classifier.AppsUnderTest.publish;
import static dev.sluice.classifier.AppsUnderTest.send;
import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
@ExtendWith(AppsUnderTest.class)
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
                "POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer some"), "{\"expiresInSeconds\":60}");
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
        assertThat(get("/v1/people/ann/segments", token.substring(0, token.length() - 4) + "AAAA")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer " + token), "")
                        .statusCode())
                .isEqualTo(403);
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

    /** However slow the machine is: it asks until it is told, and more at once than the key may in a second. */
    @Test
    void whoAsksTooFastIsToldWhen() {
        List<HttpResponse<Void>> answers = new ArrayList<>();

        Client.await(
                () -> {
                    answers.addAll(askedAtOnce(100));
                    return answers;
                },
                all -> all.stream().anyMatch(answer -> answer.statusCode() == 429));

        assertThat(answers).extracting(HttpResponse::statusCode).contains(200);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).contains("1"));
        assertThat(get("/v1/people/ann/segments", "all").statusCode()).isEqualTo(200);
    }

    private static List<HttpResponse<Void>> askedAtOnce(int times) {
        List<CompletableFuture<HttpResponse<Void>>> asked = IntStream.range(0, times)
                .mapToObj(i -> HTTP.sendAsync(
                        HttpRequest.newBuilder(URI.create(address + "/v1/people/ann/segments"))
                                .timeout(Duration.ofSeconds(60))
                                .header("Authorization", "Bearer slow")
                                .build(),
                        BodyHandlers.discarding()))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }
}
