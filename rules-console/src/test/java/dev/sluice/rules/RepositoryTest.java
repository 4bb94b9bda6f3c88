package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import dev.sluice.rules.aws.LocalS3;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program as a repository of rule sets:
 *
 * <ul>
 *   <li>a list says who published what, when and why, newest first, page by page;
 *   <li>the info of one says who runs it and who refused it, and why;
 *   <li>a diff names what changed; a rollback publishes old content under a new number, and needs a reason;
 *   <li>validating answers all problems and changes nothing; an empty rule set must be meant;
 *   <li>drafts may be invalid, are changed only by who has seen the latest, and are published when valid and current;
 *   <li>what changes anything needs the token; many publishers at once leave no gap.
 * </ul>
 */
class RepositoryTest {
    @TempDir
    static Path folder;

    private static LocalS3 s3;
    private static ConsoleUnderTest console;

    @BeforeAll
    static void start() throws IOException {
        s3 = new LocalS3(folder.resolve("s3"), 0);
        console = ConsoleUnderTest.start(s3.endpoint(), folder, "--sluice.rules.max-drafts=3");
    }

    @AfterAll
    static void stop() {
        console.close();
        s3.close();
    }

    @Test
    void aListSaysWhoPublishedWhatAndWhy() {
        for (int i = 1; i <= 3; i++) {
            String body =
                    Samples.draft("s" + i).replaceFirst("\\{", "{\"author\":\"Zoë\",\"reason\":\"try " + i + "\",");
            assertThat(console.publish("listed", body).statusCode()).isEqualTo(201);
        }

        Value.Fields newest = json(console.get("/v1/accounts/listed/rule-sets?limit=2"));
        Value.Fields rest = json(console.get("/v1/accounts/listed/rule-sets?limit=2&before=" + newest.whole("before")));

        assertThat(newest.innerList("ruleSets"))
                .extracting(set -> set.whole("number"), set -> set.text("author"), set -> set.text("reason"))
                .containsExactly(Assertions.tuple(3L, "Zoë", "try 3"), Assertions.tuple(2L, "Zoë", "try 2"));
        assertThat(newest.innerList("ruleSets").getFirst().text("contentHash"))
                .isEqualTo(ContentHash.of(Samples.rules("listed", 3, "s3")));
        assertThat(Instant.parse(newest.innerList("ruleSets").getFirst().text("publishedAt")))
                .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
        assertThat(rest.innerList("ruleSets"))
                .extracting(set -> set.whole("number"))
                .containsExactly(1L);
        assertThat(rest.find("before")).isEmpty();
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "before=0", "before=99999999999")) {
            assertThat(console.get("/v1/accounts/listed/rule-sets?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void theInfoSaysWhoRunsItAndWhoRefusedIt() throws IOException {
        assertThat(console.publish("reported", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        report(new RuleSetReport(
                "reported", 1, "classifier", "i-1", RuleSetReport.State.RUNNING, Optional.empty(), Instant.EPOCH));
        report(new RuleSetReport(
                "reported",
                1,
                "dispatcher",
                "i-2",
                RuleSetReport.State.REFUSED,
                Optional.of("more than 50 % of a sample"),
                Instant.EPOCH.plusSeconds(1)));
        Files.writeString(reports("reported").resolve("classifier-broken.json"), "{");

        Value.Fields info = json(console.get("/v1/accounts/reported/rule-sets/1/info"));

        assertThat(info.whole("number")).isEqualTo(1);
        assertThat(info.whole("segments")).isEqualTo(1);
        assertThat(info.innerList("reports"))
                .extracting(each -> each.text("instance"), each -> each.text("state"), each -> each.findText("reason"))
                .containsExactly(
                        Assertions.tuple("i-2", "refused", Optional.of("more than 50 % of a sample")),
                        Assertions.tuple("i-1", "running", Optional.empty()));
        assertThat(console.get("/v1/accounts/reported/rule-sets/current/info").body())
                .isEqualTo(console.get("/v1/accounts/reported/rule-sets/1/info").body());
        assertThat(console.get("/v1/accounts/reported/rule-sets/2/info").statusCode())
                .isEqualTo(404);
        assertThat(console.get("/v1/accounts/nobody/rule-sets/current/info").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDiffNamesWhatChanged() {
        assertThat(console.publish("compared", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        assertThat(console.publish("compared", Samples.draft("one").replace("P1D", "P2D"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(console.publish("compared", Samples.draft("two")).statusCode())
                .isEqualTo(201);

        Value.Fields changed = json(console.get("/v1/accounts/compared/rule-sets/1/diff/2"));
        Value.Fields replaced = json(console.get("/v1/accounts/compared/rule-sets/1/diff/current"));

        assertThat(changed.innerList("changed")).singleElement().satisfies(change -> {
            assertThat(change.text("id")).isEqualTo("one");
            assertThat(change.list("what")).containsExactly(Value.of("when"));
            assertThat(change.inner("before").inner("when").inner("count").text("last"))
                    .isNotEqualTo(
                            change.inner("after").inner("when").inner("count").text("last"));
        });
        assertThat(replaced.whole("to")).isEqualTo(3);
        assertThat(replaced.innerList("added"))
                .extracting(each -> each.text("id"))
                .containsExactly("two");
        assertThat(replaced.innerList("removed"))
                .extracting(each -> each.text("id"))
                .containsExactly("one");
        assertThat(console.get("/v1/accounts/compared/rule-sets/1/diff/9").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRollbackPublishesOldContentUnderANewNumber() {
        assertThat(console.publish("rolled", Samples.draft("one")).statusCode()).isEqualTo(201);
        assertThat(console.publish("rolled", Samples.draft("two")).statusCode()).isEqualTo(201);
        String path = "/v1/accounts/rolled/rule-sets/1/rollback";

        assertThat(console.post(path, "{}").body()).contains("reason is missing");
        HttpResponse<String> late =
                console.send("POST", path, "{\"reason\":\"too many\"}", Map.of("If-Match", "\"1\""));
        HttpResponse<String> done = console.post(path, "{\"reason\":\"too many\",\"author\":\"Zoë\"}");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(json(done).whole("number")).isEqualTo(3);
        Value.Fields info = json(console.get("/v1/accounts/rolled/rule-sets/3/info"));
        assertThat(info.whole("rolledBackFrom")).isEqualTo(1);
        assertThat(info.text("reason")).isEqualTo("too many");
        assertThat(info.text("contentHash"))
                .isEqualTo(json(console.get("/v1/accounts/rolled/rule-sets/1/info"))
                        .text("contentHash"));
        assertThat(console.post("/v1/accounts/rolled/rule-sets/3/rollback", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(console.post("/v1/accounts/rolled/rule-sets/9/rollback", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void validatingAnswersAllProblemsAndChangesNothing() {
        String path = "/v1/accounts/looked-at/rule-sets/validate";
        HttpResponse<String> bad = console.post(path, """
                {"segments":[{"id":"A","kind":"live","when":{"trait":"t","exists":true}},
                             {"id":"b","kind":"live","parent":"c","when":{"trait":"t","exists":true}}]}
                """);

        assertThat(bad.statusCode()).isEqualTo(200);
        assertThat(json(bad).flag("valid")).isFalse();
        assertThat(json(bad).innerList("problems"))
                .extracting(problem -> problem.text("path"))
                .containsExactly("segments[0]", "segments[1].parent");
        assertThat(console.post(path, Samples.draft("one")).body())
                .isEqualTo("{\"valid\":true,\"problems\":[],\"warnings\":[]}");
        assertThat(console.post(path, "[]").statusCode()).isEqualTo(400);
        assertThat(console.send("POST", path, "{}", Map.of("Authorization", "none"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(console.get("/v1/accounts/looked-at/rule-sets").body()).contains("\"numbers\":[]");
    }

    @Test
    void anEmptyRuleSetMustBeMeant() {
        assertThat(console.publish("emptied", Samples.draft("one")).statusCode())
                .isEqualTo(201);

        assertThat(console.publish("emptied", "{\"segments\":[]}").statusCode()).isEqualTo(422);
        assertThat(console.publish("emptied", "{\"segments\":[],\"allowEmpty\":true}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(console.publish("emptied", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        String rollBack = "/v1/accounts/emptied/rule-sets/2/rollback";
        assertThat(console.post(rollBack, "{\"reason\":\"x\"}").statusCode()).isEqualTo(422);
        assertThat(console.post(rollBack, "{\"reason\":\"x\",\"allowEmpty\":true}")
                        .statusCode())
                .isEqualTo(201);
    }

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

        assertThat(console.post(one + "/publish", "").statusCode()).isEqualTo(422);
        String good = Samples.draft("one").replaceFirst("\\{", "{\"base\":0,\"author\":\"Zoë\",");
        assertThat(console.send("PUT", one, good, Map.of()).statusCode()).isEqualTo(428);
        assertThat(console.send("PUT", one, good, Map.of("If-Match", "\"1\"")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> late = console.send("PUT", one, good, Map.of("If-Match", "\"1\""));
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(header(late, "ETag")).isEqualTo("\"2\"");
        assertThat(console.send("POST", one + "/publish", "", Map.of("If-Match", "\"1\""))
                        .statusCode())
                .isEqualTo(412);

        HttpResponse<String> published = console.post(one + "/publish", "{\"reason\":\"it is spring\"}");

        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).doesNotContain("notes");
        assertThat(json(console.get(header(published, "Location") + "/info")).text("author"))
                .isEqualTo("Zoë");
        assertThat(console.get(one).statusCode()).isEqualTo(404);
        assertThat(console.post(one + "/publish", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDraftOfAnOlderRuleSetIsNotPublished() {
        assertThat(console.publish("overtaken", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        String body = Samples.draft("two").replaceFirst("\\{", "{\"base\":1,");
        String one = header(console.post("/v1/accounts/overtaken/drafts", body), "Location");
        assertThat(console.publish("overtaken", Samples.draft("three")).statusCode())
                .isEqualTo(201);

        HttpResponse<String> refused = console.post(one + "/publish", "");

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).contains("\"code\":\"not_current\"", "number 2");
        assertThat(console.get(one).statusCode()).isEqualTo(200);
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
                "{\"segments\":[],\"title\":\"\"}")) {
            assertThat(console.post(drafts, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
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

    @Test
    void whatChangesAnythingNeedsTheToken() {
        Map<String, String> stranger = Map.of("Authorization", "Bearer wrong-token-of-this-test", "If-Match", "\"1\"");
        for (List<String> each : List.of(
                List.of("POST", "rule-sets"),
                List.of("POST", "rule-sets/1/rollback"),
                List.of("POST", "drafts"),
                List.of("PUT", "drafts/d"),
                List.of("DELETE", "drafts/d"),
                List.of("POST", "drafts/d/publish"))) {
            assertThat(console.send(each.getFirst(), "/v1/accounts/guarded/" + each.getLast(), "{}", stranger)
                            .statusCode())
                    .as(each.toString())
                    .isEqualTo(401);
        }
    }

    @Test
    void manyPublishersAtOnceLeaveNoGap() throws Exception {
        int many = 6;
        List<Callable<HttpResponse<String>>> publishers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String id = "by-" + i;
            publishers.add(() -> console.publish("crowded", Samples.draft(id), Map.of("If-Match", "\"0\"")));
            publishers.add(() -> console.publish("crowded", Samples.draft(id)));
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2 * many)) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(publishers)) {
                statuses.add(answer.get().statusCode());
            }
        }

        int published = (int) statuses.stream().filter(status -> status == 201).count();
        assertThat(statuses).allMatch(status -> status == 201 || status == 412 || status == 503);
        assertThat(json(console.get("/v1/accounts/crowded/rule-sets")).list("numbers"))
                .isEqualTo(IntStream.rangeClosed(1, published)
                        .mapToObj(number -> (Value) Value.of(number))
                        .toList())
                .isNotEmpty();
    }

    private static void report(RuleSetReport report) throws IOException {
        Files.write(
                reports(report.account()).resolve(report.program() + "-" + report.instance() + ".json"),
                RuleSetReportJson.write(report));
    }

    private static Path reports(String account) throws IOException {
        return Files.createDirectories(folder.resolve("s3")
                .resolve(LocalS3.BUCKET)
                .resolve("rule-set-reports")
                .resolve(account)
                .resolve("0000000001"));
    }

    private static Value.Fields json(HttpResponse<String> answer) {
        return JsonText.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("no " + name);
    }
}
