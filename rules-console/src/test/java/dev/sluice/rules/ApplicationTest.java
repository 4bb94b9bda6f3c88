package dev.sluice.rules;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.model.rules.RuleSetJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program, wired as in production, with an S3 server on the loopback:
 *
 * <ul>
 *   <li>what is published gets the next number and is fetched by it, as the current one, and in the list;
 *   <li>only who knows the token publishes; reading needs none;
 *   <li>If-Match keeps two authors from overwriting each other unseen;
 *   <li>a body that is not JSON, not a rule set or too large is refused, saying where and how;
 *   <li>hostile text is neither run nor echoed: it is stored as text or refused;
 *   <li>unknown keys under its prefix, or no token, stop the start.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class ApplicationTest {
    @TempDir
    static Path folder;

    @Test
    void whatIsPublishedIsFetchedByItsNumber() {
        HttpResponse<String> first = console.publish("fetching", Samples.draft("one"));
        HttpResponse<String> second = console.publish("fetching", Samples.draft("two"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body())
                .isEqualTo("{\"account\":\"fetching\",\"number\":1,\"segments\":1,\"contentHash\":\"%s\"}"
                        .formatted(ContentHash.of(Samples.rules("fetching", 1, "one"))));
        assertThat(header(first, "Location")).isEqualTo("/v1/accounts/fetching/rule-sets/1");
        assertThat(header(first, "ETag")).isEqualTo("\"1\"");
        assertThat(second.body()).contains("\"number\":2");

        HttpResponse<String> fetched = console.get(header(first, "Location"));
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(header(fetched, "ETag")).isEqualTo("\"1\"");
        assertThat(RuleSetJson.read(fetched.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Samples.rules("fetching", 1, "one"));
        assertThat(console.get("/v1/accounts/fetching/rule-sets/current").body())
                .contains("\"number\":2", "\"id\":\"two\"");
        assertThat(console.get("/v1/accounts/fetching/rule-sets").body())
                .startsWith("{\"account\":\"fetching\",\"numbers\":[1,2],");
    }

    @Test
    void whatWasNeverPublishedIsNotFound() {
        for (String path : List.of("/current", "/1")) {
            HttpResponse<String> response = console.get("/v1/accounts/nobody/rule-sets" + path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"code\":\"unknown_rule_set\"");
        }
        assertThat(console.get("/v1/accounts/nobody/rule-sets").body())
                .isEqualTo("{\"account\":\"nobody\",\"numbers\":[],\"ruleSets\":[]}");
        assertThat(console.get("/v2/%3Cb%3E").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyWhoKnowsTheTokenPublishes() {
        for (String wrong : List.of("Bearer wrong-token-of-this-test", "Basic " + ConsoleUnderTest.TOKEN, "Bearer")) {
            HttpResponse<String> response =
                    console.publish("guarded", Samples.draft("one"), Map.of("Authorization", wrong));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
        }
        assertThat(console.get("/v1/accounts/guarded/rule-sets").body()).contains("\"numbers\":[]");
    }

    @Test
    void ifMatchNamesTheRuleSetThatMustBeCurrent() {
        assertThat(publishOver("matched", "\"0\"").statusCode()).isEqualTo(201);
        assertThat(publishOver("matched", "\"1\"").statusCode()).isEqualTo(201);

        HttpResponse<String> late = publishOver("matched", "\"1\"");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("\"code\":\"not_current\"", "number 2");
        assertThat(header(late, "ETag")).isEqualTo("\"2\"");
        assertThat(console.get("/v1/accounts/matched/rule-sets").body()).contains("\"numbers\":[1,2]");
        for (String unclear : List.of("*", "2", "W/\"2\"", "\"2\", \"3\"", "\"99999999999\"")) {
            assertThat(publishOver("matched", unclear).statusCode()).as(unclear).isEqualTo(400);
        }
    }

    @Test
    void whatIsNotARuleSetIsRefusedWithItsPlace() {
        HttpResponse<String> response = console.publish("refused", """
                {"segments":[{"id":"a","kind":"live","when":{"trait":"country","exists":true}},
                             {"id":"b","kind":"live","when":{"allOf":[{"count":{"last":"P900D","atLeast":1}}]}}]}
                """);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .startsWith("{\"problems\":[{\"path\":\"segments[1].when.allOf[0]")
                .contains("at most 400 days");
        HttpResponse<String> twice = console.publish("refused", """
                {"segments":[{"id":"a","kind":"live","when":{"trait":"t","exists":true}},
                             {"id":"a","kind":"live","when":{"trait":"t","exists":true}}]}
                """);
        assertThat(twice.statusCode()).isEqualTo(422);
        assertThat(twice.body())
                .startsWith(
                        "{\"problems\":[{\"path\":\"segments[1].id\",\"message\":\"segment id a is used twice, first by"
                                + " segments[0]\"}]");
        assertThat(console.publish("refused", "{}").statusCode()).isEqualTo(422);
        assertThat(console.get("/v1/accounts/refused/rule-sets").body()).contains("\"numbers\":[]");
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String body :
                List.of("", "segments", "[]", "{\"segments\":[]", "{\"segments\":[]}{}", "{\"a\":1,\"a\":2}")) {
            assertThat(console.publish("refused", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(console.publish("refused", "[".repeat(100_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        byte[] tooLarge = " ".repeat((16 << 20) + 1).getBytes(StandardCharsets.US_ASCII);

        var announced = console.publish("refused", BodyPublishers.ofByteArray(tooLarge), Map.of());
        var streamed = console.publish(
                "refused", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)), Map.of());

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(streamed.statusCode()).isEqualTo(413);
        String largest = Samples.draft("one");
        assertThat(console.publish("large", largest + " ".repeat((16 << 20) - largest.length()))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void accountsAndNumbersOfAnotherFormAreRefused() {
        for (String account : List.of("DEMO", "-demo", "a".repeat(33), "a.b", "%2e%2e", "d%C3%A9mo", "a%20b")) {
            assertThat(console.get("/v1/accounts/" + account + "/rule-sets").statusCode())
                    .as(account)
                    .isEqualTo(400);
            assertThat(console.publish(account, Samples.draft("one")).statusCode())
                    .as(account)
                    .isEqualTo(400);
        }
        for (String number : List.of("0", "-1", "01", "1.0", "1234567890", "x")) {
            assertThat(console.get("/v1/accounts/demo/rule-sets/" + number).statusCode())
                    .as(number)
                    .isEqualTo(400);
        }
    }

    @Test
    void hostileTextIsStoredAsTextOrRefused() throws IOException {
        Path run = folder.resolve("it-ran");
        List<String> hostile = List.of(
                "<script>alert(1)</script>",
                "'; DROP TABLE people; --",
                "${java.lang.Runtime.getRuntime().exec('touch %s')}".formatted(run),
                "${jndi:ldap://127.0.0.1/x}",
                "#{T(java.lang.Runtime).getRuntime().exec('touch %s')}".formatted(run),
                "eval(true) || java.nio.file.Files.createFile(java.nio.file.Path.of('%s'))".formatted(run),
                "../../rule-sets/other/0000000001.json",
                "\\u202e");
        for (String text : hostile) {
            String body = """
                    {"segments":[{"id":"a","name":"%s","kind":"live","when":{"trait":"%s","equals":"%s"}}]}
                    """.formatted(text, text, text);
            HttpResponse<String> stored = console.publish("hostile", body);
            assertThat(stored.statusCode()).as(text).isEqualTo(201);
            HttpResponse<String> fetched = console.get(header(stored, "Location"));
            assertThat(RuleSetJson.readSegments(body.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(RuleSetJson.read(fetched.body().getBytes(StandardCharsets.UTF_8))
                            .segments());
            assertThat(header(fetched, "Content-Type")).isEqualTo("application/json");
            assertThat(header(fetched, "X-Content-Type-Options")).isEqualTo("nosniff");

            HttpResponse<String> refused = console.publish(
                    "hostile", Samples.draft("one").replace("skips", "x").replace("one", text));
            assertThat(refused.statusCode()).as(text).isEqualTo(422);
            assertThat(refused.body()).doesNotContain(text);
        }
        assertThat(run).doesNotExist();
        try (var accounts = Files.list(SharedConsole.bucket().resolve("rule-sets"))) {
            assertThat(accounts).noneMatch(account -> account.endsWith("other"));
        }
    }

    @Test
    void anEndlessParentIsNotEchoedAtLength() {
        HttpResponse<String> response = console.publish("refused", """
                {"segments":[{"id":"a","kind":"live","parent":"%s","when":{"trait":"t","exists":true}}]}
                """.formatted("x".repeat(100_000)));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).hasSizeLessThan(400).contains("(of 100000 characters)");
    }

    @Test
    void itIsHealthyWhileS3Answers() {
        assertThat(console.get("/health/live").body()).isEqualTo("{\"live\":true}");
        assertThat(console.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(console.get("/health/ready").body()).isEqualTo("{\"ready\":true}");
    }

    @Test
    void unknownKeysUnderItsPrefixStopTheStart() {
        assertThat(catchThrowable(() -> ConsoleUnderTest.start(
                                SharedConsole.s3().endpoint(), folder, "--sluice.rules.max-bodies=5")
                        .close()))
                .hasRootCauseMessage("The elements [sluice.rules.max-bodies] were left unbound.");
    }

    @Test
    void withoutATokenItDoesNotStart() {
        assertThat(catchThrowable(() -> ConsoleUnderTest.start(
                                SharedConsole.s3().endpoint(), folder, "--sluice.rules.token-file=")
                        .close()))
                .hasRootCauseMessage("sluice.rules.token-file must name a file; set SLUICE_RULES_TOKEN_FILE");
    }

    private static HttpResponse<String> publishOver(String account, String expected) {
        return console.publish(account, Samples.draft("one"), Map.of("If-Match", expected));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("no " + name);
    }
}
