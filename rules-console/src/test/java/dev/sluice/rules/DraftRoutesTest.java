package dev.sluice.rules;

import static dev.sluice.rules.ConsoleUnderTest.header;
import static dev.sluice.rules.ConsoleUnderTest.json;
import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole program as a place for drafts:
 *
 * <ul>
 *   <li>a draft may be invalid, is changed only by who has seen the latest, and is published when valid and current;
 *   <li>it is published once, and only by who has seen it;
 *   <li>its conditions may be sentences; a mistake in one is named with its place;
 *   <li>how many an account has, and how large they are, is bounded; nothing hostile is echoed.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class DraftRoutesTest {
    @Test
    void aDraftMayBeInvalidUntilItIsPublished() {
        String drafts = "/v1/accounts/drafting/drafts";
        HttpResponse<String> begun = console.post(
                drafts, "{\"title\":\"Spring\",\"author\":\"Zoë\",\"base\":0,\"segments\":[{\"id\":\"BAD\"}]}");
        assertThat(begun.statusCode()).isEqualTo(201);
        String one = header(begun, "Location");
        assertThat(header(begun, "ETag")).isEqualTo("\"1\"");
        assertThat(console.get(one).body()).isEqualTo(begun.body()).contains("\"segments\":[{\"id\":\"BAD\"}]");
        assertThat(json(console.get(drafts)).innerList("drafts"))
                .singleElement()
                .satisfies(draft -> {
                    assertThat(draft.text("title")).isEqualTo("Spring");
                    assertThat(draft.find("segments")).isEmpty();
                });

        assertThat(publish(one, 1, "").statusCode()).isEqualTo(422);
        String good = Samples.draft("one").replaceFirst("\\{", "{\"base\":0,\"author\":\"Zoë\",");
        assertThat(console.send("PUT", one, good, Map.of()).statusCode()).isEqualTo(428);
        assertThat(console.send("PUT", one, good, Map.of("If-Match", "\"1\"")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> late = console.send("PUT", one, good, Map.of("If-Match", "\"1\""));
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(header(late, "ETag")).isEqualTo("\"2\"");
        assertThat(publish(one, 1, "").statusCode()).isEqualTo(412);

        HttpResponse<String> published = publish(one, 2, "{\"reason\":\"it is spring\"}");

        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).doesNotContain("notes");
        assertThat(json(console.get(header(published, "Location") + "/info")).text("author"))
                .isEqualTo("Zoë");
        assertThat(console.get(one).statusCode()).isEqualTo(404);
        assertThat(publish(one, 2, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDraftOfAnOlderRuleSetIsNotPublished() {
        assertThat(console.publish("overtaken", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        String body = Samples.draft("two").replaceFirst("\\{", "{\"base\":1,");
        String one = header(console.post("/v1/accounts/overtaken/drafts", body), "Location");
        assertThat(console.publish("overtaken", Samples.draft("three")).statusCode())
                .isEqualTo(201);

        HttpResponse<String> refused = publish(one, 1, "");

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).contains("\"code\":\"not_current\"", "number 2");
        assertThat(console.get(one).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyWhoHasSeenADraftPublishesItAndOnlyOnce() throws Exception {
        String one = header(console.post("/v1/accounts/seen/drafts", Samples.draft("one")), "Location");

        HttpResponse<String> unseen = console.post(one + "/publish", "");

        assertThat(unseen.statusCode()).isEqualTo(428);
        assertThat(unseen.body()).contains("\"code\":\"if_match_missing\"");
        assertThat(console.get("/v1/accounts/seen/rule-sets").body()).contains("\"numbers\":[]");
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<HttpResponse<String>> publisher = () -> publish(one, 1, "");
            for (Future<HttpResponse<String>> answer : threads.invokeAll(Collections.nCopies(4, publisher))) {
                statuses.add(answer.get().statusCode());
            }
        }
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).allMatch(status -> status == 201 || status == 404 || status == 412);
        assertThat(console.get("/v1/accounts/seen/rule-sets").body()).contains("\"numbers\":[1]");
    }

    @Test
    void aDraftMayHaveASentence() {
        String body =
                "{\"segments\":[{\"id\":\"a\",\"kind\":\"live\",\"when\":\"did \\\"Order Completed\\\" at leest once in the last 30 days\"}]}";
        HttpResponse<String> begun = console.post("/v1/accounts/wording/drafts", body);
        String one = header(begun, "Location");

        HttpResponse<String> refused = publish(one, 1, "");
        HttpResponse<String> mended =
                console.send("PUT", one, body.replace("leest", "least"), Map.of("If-Match", "\"1\""));
        HttpResponse<String> published = publish(one, 2, "");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).innerList("problems")).singleElement().satisfies(problem -> {
            assertThat(problem.text("path")).isEqualTo("segments[0].when");
            assertThat(problem.text("message")).startsWith("line 1, column ");
        });
        assertThat(mended.body()).contains("at least once");
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        assertThat(console.get(header(published, "Location")).body()).contains("\"atLeast\":1");
    }

    @Test
    void aBodyMayCallItselfAFormAsCurlsDo() {
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded", "If-Match", "\"1\"");
        String body = Samples.draft("one");
        String one = header(console.send("POST", "/v1/accounts/forms/drafts", body, form), "Location");

        assertThat(console.send("PUT", one, body, form).statusCode()).isEqualTo(200);
    }

    @Test
    void halfACharacterIsKeptUntilItIsMended() {
        HttpResponse<String> begun = console.post("/v1/accounts/halves/drafts", "{\"segments\":[\"a\\ud800b\"]}");

        assertThat(begun.statusCode()).isEqualTo(201);
        assertThat(console.get(header(begun, "Location")).body())
                .isEqualTo(begun.body())
                .contains("[\"a\\uD800b\"]");
    }

    @Test
    void draftsAreBounded() {
        String drafts = "/v1/accounts/bounded/drafts";
        String large = "{\"segments\":[\"" + "x".repeat(310_000) + "\"]}";
        assertThat(console.post(drafts, large).statusCode()).isEqualTo(413);
        for (String wrong : List.of(
                "",
                "[]",
                "{}",
                "{\"segments\":5}",
                "{\"segments\":[],\"x\":1}",
                "{\"segments\":[],\"base\":-1}",
                "{\"segments\":[],\"title\":\"\"}",
                "{\"segments\":[],\"title\":\"\\ud800\"}")) {
            assertThat(console.post(drafts, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(console.post(drafts, "{\"segments\":[],\"<b>\":1}").body())
                .contains("unknown key (of 3 characters)")
                .doesNotContain("<b>");
        for (int i = 0; i < 3; i++) {
            assertThat(console.post(drafts, "{\"segments\":[]}").statusCode()).isEqualTo(201);
        }
        HttpResponse<String> tooMany = console.post(drafts, "{\"segments\":[]}");
        assertThat(tooMany.statusCode()).isEqualTo(409);
        assertThat(tooMany.body()).contains("too_many_drafts", "3 drafts");

        String one = drafts + "/"
                + json(console.get(drafts)).innerList("drafts").getFirst().text("id");
        assertThat(console.send("DELETE", one, "", Map.of()).statusCode()).isEqualTo(428);
        assertThat(console.send("DELETE", one, "", Map.of("If-Match", "\"7\"")).statusCode())
                .isEqualTo(412);
        assertThat(console.send("DELETE", one, "", Map.of("If-Match", "\"1\"")).statusCode())
                .isEqualTo(204);
        assertThat(console.send("DELETE", one, "", Map.of("If-Match", "\"1\"")).statusCode())
                .isEqualTo(404);
        assertThat(console.post(drafts, "{\"segments\":[]}").statusCode()).isEqualTo(201);
        assertThat(console.get(drafts + "/NO.SUCH").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> publish(String draft, int revision, String body) {
        return console.send("POST", draft + "/publish", body, Map.of("If-Match", "\"" + revision + "\""));
    }
}
