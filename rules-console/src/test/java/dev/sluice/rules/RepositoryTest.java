package dev.sluice.rules;

import static dev.sluice.rules.ConsoleUnderTest.json;
import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReportJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole program as a repository of rule sets:
 *
 * <ul>
 *   <li>a list says who published what, when and why, newest first, page by page;
 *   <li>the info of one says who runs it and who refused it, and why, however many dispatchers have come and gone;
 *   <li>a diff names what changed;
 *   <li>validating answers all problems and changes nothing; an empty rule set must be meant;
 *   <li>what changes anything needs the token; many publishers at once leave no gap.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class RepositoryTest {
    @Test
    void aListSaysWhoPublishedWhatAndWhy() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int i = 1; i <= 3; i++) {
            String body =
                    Samples.draft("s" + i).replaceFirst("\\{", "{\"author\":\"Zoë\",\"reason\":\"try " + i + "\",");
            assertThat(console.publish("listed", body).statusCode()).isEqualTo(201);
        }
        Instant after = Instant.now();

        Value.Fields newest = json(console.get("/v1/accounts/listed/rule-sets?limit=2"));
        Value.Fields rest = json(console.get("/v1/accounts/listed/rule-sets?limit=2&before=" + newest.whole("before")));

        assertThat(newest.innerList("ruleSets"))
                .extracting(set -> set.whole("number"), set -> set.text("author"), set -> set.text("reason"))
                .containsExactly(Assertions.tuple(3L, "Zoë", "try 3"), Assertions.tuple(2L, "Zoë", "try 2"));
        assertThat(newest.innerList("ruleSets").getFirst().text("contentHash"))
                .isEqualTo(ContentHash.of(Samples.rules("listed", 3, "s3")));
        assertThat(Instant.parse(newest.innerList("ruleSets").getFirst().text("publishedAt")))
                .isBetween(before, after);
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
                "reported",
                1,
                "classifier",
                "i-1",
                RuleSetReport.State.REFUSED,
                Optional.of("more than 50 % of a sample"),
                Instant.EPOCH));
        for (int i = 0; i < 101; i++) {
            report(new RuleSetReport(
                    "reported",
                    1,
                    "dispatcher",
                    "d-" + i,
                    RuleSetReport.State.RUNNING,
                    Optional.empty(),
                    Instant.EPOCH.plusSeconds(1 + i)));
        }
        Files.writeString(reports("reported").resolve("classifier-broken.json"), "{");

        Value.Fields info = json(console.get("/v1/accounts/reported/rule-sets/1/info"));

        assertThat(info.whole("number")).isEqualTo(1);
        assertThat(info.whole("segments")).isEqualTo(1);
        assertThat(info.innerList("reports"))
                .extracting(each -> each.text("instance"), each -> each.text("state"), each -> each.findText("reason"))
                .startsWith(Assertions.tuple("i-1", "refused", Optional.of("more than 50 % of a sample")))
                .hasSize(101);
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
    void whatChangesAnythingNeedsTheToken() {
        Map<String, String> stranger = Map.of("Authorization", "Bearer wrong-token-of-this-test", "If-Match", "\"1\"");
        for (List<String> each : List.of(
                List.of("POST", "rule-sets"),
                List.of("POST", "rule-sets/1/rollback"),
                List.of("POST", "drafts"),
                List.of("PUT", "drafts/d"),
                List.of("DELETE", "drafts/d"),
                List.of("POST", "drafts/d/publish"))) {
            assertThat(console.send(each.getFirst(), "/v1/accounts/kept/" + each.getLast(), "{}", stranger)
                            .statusCode())
                    .as(each.toString())
                    .isEqualTo(401);
        }
    }

    @Test
    void ofManyFirstPublishersAtOnceOneIsTheFirst() throws Exception {
        List<Integer> statuses = atOnce("first", Map.of("If-Match", "\"0\""));

        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).hasSize(5).containsOnly(412);
        assertThat(json(console.get("/v1/accounts/first/rule-sets")).list("numbers"))
                .containsExactly(Value.of(1));
    }

    @Test
    void manyPublishersAtOnceLeaveNoGap() throws Exception {
        List<Integer> statuses = atOnce("crowded", Map.of());

        int published = Collections.frequency(statuses, 201);
        assertThat(published).isPositive();
        assertThat(statuses).allMatch(status -> status == 201 || status == 503);
        assertThat(json(console.get("/v1/accounts/crowded/rule-sets")).list("numbers"))
                .isEqualTo(IntStream.rangeClosed(1, published)
                        .mapToObj(number -> (Value) Value.of(number))
                        .toList());
    }

    /** What six who publish at once are told. */
    private static List<Integer> atOnce(String account, Map<String, String> headers) throws Exception {
        List<Callable<HttpResponse<String>>> publishers = IntStream.range(0, 6)
                .mapToObj(i -> (Callable<HttpResponse<String>>)
                        () -> console.publish(account, Samples.draft("by-" + i), headers))
                .toList();
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(publishers.size())) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(publishers)) {
                statuses.add(answer.get().statusCode());
            }
        }
        return statuses;
    }

    private static void report(RuleSetReport report) throws IOException {
        Files.write(
                reports(report.account()).resolve(report.program() + "-" + report.instance() + ".json"),
                RuleSetReportJson.write(report));
    }

    private static Path reports(String account) throws IOException {
        return Files.createDirectories(SharedConsole.bucket()
                .resolve("rule-set-reports")
                .resolve(account)
                .resolve("0000000001"));
    }
}
