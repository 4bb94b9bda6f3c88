package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.aws;
import static dev.sluice.classifier.ProgramUnderTest.get;
import static dev.sluice.classifier.ProgramUnderTest.json;
import static dev.sluice.classifier.ProgramUnderTest.profile;
import static dev.sluice.classifier.ProgramUnderTest.send;
import static dev.sluice.classifier.ProgramUnderTest.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an app and an ad server are answered by the whole program:
 *
 * <ul>
 *   <li>a read key, as Bearer or as the user of Basic, is told in which segments a person of its account is, and no more than
 *       it may see; nobody is told whether a person is known;
 *   <li>what has not changed is 304, to HEAD too; another who may see less has another tag;
 *   <li>a store that does not answer is 503;
 *   <li>the document names each route and no other; the routes for the other programs answer as before.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class SegmentsForAppsTest {
    @Test
    void aKeyIsToldInWhichSegmentsAPersonIs() {
        HttpResponse<String> answer = get("/v1/people/ann/segments", "all");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"userId\":\"ann\",\"segments\":[{\"id\":\"gold\",\"since\":\"2026-11-21T12:00:00Z\"},"
                        + "{\"id\":\"silver\",\"since\":\"2026-11-21T12:00:00Z\"}],\"version\":1,"
                        + "\"asOf\":\"2026-11-21T12:00:00Z\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=5");
        assertThat(answer.headers().allValues("Vary")).contains("Authorization");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        String basic = "Basic " + Base64.getEncoder().encodeToString("all:".getBytes(StandardCharsets.UTF_8));
        assertThat(send("GET", "/v1/people/ann/segments", Map.of("Authorization", basic), "")
                        .body())
                .isEqualTo(answer.body());
        assertThat(get("/v1/people/Zo%C3%AB%2F1%20%26%202/segments", "all").body())
                .startsWith("{\"userId\":\"Zoë/1 & 2\",\"segments\":[{\"id\":\"gold\"");
    }

    @Test
    void nobodyIsToldMoreThanItsKeyMaySee() {
        HttpResponse<String> some = get("/v1/people/ann/segments", "some");
        HttpResponse<String> all = get("/v1/people/ann/segments", "all");

        assertThat(some.body()).contains("gold").doesNotContain("silver");
        assertThat(tag(some)).isNotEqualTo(tag(all));
        // Their own account has no such person, and says of it what it says of everybody whom it does not know.
        assertThat(get("/v1/people/ann/segments", "theirs").body())
                .isEqualTo("{\"userId\":\"ann\",\"segments\":[],\"version\":0}");
        assertThat(get("/v1/anonymous/ann/segments", "all").body())
                .isEqualTo("{\"anonymousId\":\"ann\",\"segments\":[],\"version\":0}");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        String path = "/v1/people/ann/segments";
        String tag = tag(get(path, "all"));

        HttpResponse<String> again = get(path, "all", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag);
        assertThat(again.headers().firstValue("Cache-Control")).contains("private, max-age=5");
        assertThat(get(path, "all", "If-None-Match", "\"x\", W/" + tag).statusCode())
                .isEqualTo(304);
        assertThat(get(path, "some", "If-None-Match", tag).statusCode()).isEqualTo(200);
        HttpResponse<String> head = send("HEAD", path, Map.of("Authorization", "Bearer all"), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(tag(head)).isEqualTo(tag);
        profile("changing", "gold");
        String before = tag(get("/v1/people/changing/segments", "all"));
        profile("changing", "silver");
        assertThat(get("/v1/people/changing/segments", "all", "If-None-Match", before)
                        .body())
                .contains("silver");
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldFromNobody() {
        aws.putItem("demo/broken", "{\"v\":99}");

        HttpResponse<String> broken = get("/v1/people/broken/segments", "all");

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("unreadable").doesNotContain("99");
    }

    @Test
    void theDocumentNamesEachRouteAndNoOther() {
        HttpResponse<String> document = send("GET", "/v1/segments/openapi.json", Map.of(), "");

        assertThat(document.statusCode()).isEqualTo(200);
        Value.Fields paths = json(document).inner("paths");
        Set<String> named = new TreeSet<>();
        paths.fields()
                .forEach((path, methods) -> paths.inner(path)
                        .fields()
                        .keySet()
                        .forEach(method -> named.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        Set<String> served = new TreeSet<>();
        var route = Pattern.compile("\\((GET|HEAD|OPTIONS|POST) && (/v1/[a-z]+/\\{id}/[a-z]+)\\)")
                .matcher(ProgramUnderTest.routes());
        while (route.find()) {
            served.add(route.group(1) + " " + route.group(2));
        }
        assertThat(named).hasSize(8).isEqualTo(served);
        for (String one : named) {
            String[] parts = one.split(" ", -1);
            assertThat(send(parts[0], parts[1].replace("{id}", "ann"), Map.of("Authorization", "Bearer all"), "")
                            .statusCode())
                    .as(one)
                    .isBetween(200, 299);
        }
    }

    @Test
    void theRoutesForOtherProgramsAnswerAsBefore() {
        assertThat(send("GET", "/v1/people/demo/ann", Map.of(), "").body()).contains("\"memberships\"");
        assertThat(send("GET", "/health/metrics", Map.of(), "").body())
                .contains("\"segmentReads\":", "\"segmentReadsRefused\":", "\"tokensIssued\":");
    }
}
