package dev.sluice.rules;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole program while DynamoDB fails:
 *
 * <ul>
 *   <li>while it is down nothing is published and nothing lost: clients are told so and to come back; bundles are read;
 *   <li>when it fails between the bundle and the entry, the answer is that it is published, and the entry is made later
 *       with author and reason, by whoever asks next or by the next publication;
 *   <li>a draft that was published but could not be removed cannot be published again by a slip.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class TableFaultsTest {
    private static final String BY_ZOE =
            Samples.draft("one").replaceFirst("\\{", "{\"author\":\"Zoë\",\"reason\":\"sale\",");

    @AfterEach
    void itIsUpAgain() {
        console.dynamoDb().failures.set(0);
        console.dynamoDb().failingPuts.set(0);
        console.dynamoDb().failingDeletes.set(0);
    }

    @Test
    void whileItIsDownNothingIsPublished() {
        assertThat(console.publish("down", Samples.draft("one")).statusCode()).isEqualTo(201);
        console.dynamoDb().failures.set(1_000);

        HttpResponse<String> publication = console.publish("down", Samples.draft("two"));
        List<HttpResponse<String>> answers = List.of(
                publication,
                console.get("/v1/accounts/down/rule-sets"),
                console.get("/v1/accounts/down/rule-sets/1/info"),
                console.get("/v1/accounts/down/drafts"),
                console.post("/v1/accounts/down/drafts", "{\"segments\":[]}"),
                console.get("/health/ready"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).contains("the table of drafts and publications does not answer");
        });
        assertThat(publication.body()).contains("nothing was published");
        assertThat(console.get("/v1/accounts/down/rule-sets/current").body()).contains("\"number\":1");
        assertThat(console.get("/health/live").statusCode()).isEqualTo(200);

        console.dynamoDb().failures.set(0);
        assertThat(console.publish("down", Samples.draft("two")).body()).contains("\"number\":2");
    }

    @Test
    void whatIsPublishedWithoutAnEntryIsSaidToBePublishedAndListedLater() {
        console.dynamoDb().failingPuts.set(1_000);

        HttpResponse<String> published = console.publish("unlisted", BY_ZOE);

        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).contains("\"number\":1", "it is published", "will list it later");
        assertThat(console.get("/v1/accounts/unlisted/rule-sets/current").statusCode())
                .isEqualTo(200);
        console.dynamoDb().failingPuts.set(0);
        assertThat(console.dynamoDb().sorts("unlisted")).isEmpty();
        assertThat(console.get("/v1/accounts/unlisted/rule-sets").body())
                .contains("\"author\":\"Zoë\"", "\"reason\":\"sale\"");
        assertThat(console.dynamoDb().sorts("unlisted")).containsExactly("set#0000000001");
    }

    @Test
    void theNextPublicationMendsWhatACrashLeft() {
        assertThat(console.publish("crashed", BY_ZOE).statusCode()).isEqualTo(201);
        // As if the process had ended between the bundle and the entry.
        console.dynamoDb().forget("crashed", "set#0000000001");

        assertThat(console.publish("crashed", Samples.draft("two")).body()).contains("\"number\":2");

        assertThat(console.dynamoDb().sorts("crashed")).containsExactly("set#0000000001", "set#0000000002");
        assertThat(console.get("/v1/accounts/crashed/rule-sets/1/info").body()).contains("\"author\":\"Zoë\"");
    }

    @Test
    void anEntryThatCannotBeReadIsMadeFromTheBundle() {
        assertThat(console.publish("misread", BY_ZOE).statusCode()).isEqualTo(201);
        console.dynamoDb().put("misread", "set#0000000001", Map.of("contentHash", "rubbish"));

        assertThat(console.get("/v1/accounts/misread/rule-sets/1/info").body()).contains("\"author\":\"Zoë\"");
        assertThat(console.get("/v1/accounts/misread/rule-sets").body()).contains("\"author\":\"Zoë\"");
        assertThat(console.publish("misread", Samples.draft("two")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPublishedDraftThatCouldNotBeRemovedIsNotPublishedAgain() {
        String body = Samples.draft("one");
        String one = console.post("/v1/accounts/undeleted/drafts", body)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        // Of the requests of a publication, the last is the draft's removal, tried three times.
        console.dynamoDb().failingDeletes.set(3);

        Map<String, String> first = Map.of("If-Match", "\"1\"");
        HttpResponse<String> published = console.send("POST", one + "/publish", "", first);

        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).contains("the draft could not be removed; delete it");
        assertThat(console.send("POST", one + "/publish", "", first).statusCode())
                .isEqualTo(412);
        assertThat(console.send("DELETE", one, "", Map.of("If-Match", "\"2\"")).statusCode())
                .isEqualTo(204);
    }
}
