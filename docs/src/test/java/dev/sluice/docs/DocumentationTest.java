package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.sentence.Sentences;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Verdict;
import dev.sluice.tracker.intake.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: every link between pages leads to a file; every rule set, tracking plan and connection shown can be published; every event shown is one that
 * the tracker keeps, and every answer shown is JSON.
 */
class DocumentationTest {
    private static final List<Page> PAGES = Page.all();

    @Test
    void everyPageIsFound() {
        assertThat(PAGES)
                .extracting(page -> String.valueOf(page.path().getFileName()))
                .contains(
                        "README.md",
                        "ARCHITECTURE.md",
                        "OPERATIONS.md",
                        "API.md",
                        "RULES.md",
                        "PLANS.md",
                        "GLOSSARY.md");
    }

    @Test
    void everyLinkLeadsToAFile() {
        assertThat(PAGES)
                .allSatisfy(page -> assertThat(page.fileLinks())
                        .as("links of " + page.path())
                        .allSatisfy(link ->
                                assertThat(page.leadsSomewhere(link)).as(link).isTrue()));
    }

    @Test
    void everyRuleSetShownCanBePublished() {
        assertThat(blocks("json rule-set")).isNotEmpty().allSatisfy(block -> {
            byte[] body = block.body().getBytes(StandardCharsets.UTF_8);
            var shares = RuleSetJson.readShare(JsonText.readObject(body));
            assertThat(new RuleSet("demo", 1, RuleSetJson.readSegments(body), shares).segments())
                    .as(block.page().toString())
                    .isNotEmpty();
        });
    }

    @Test
    void everyTrackingPlanShownCanBePublished() {
        assertThat(blocks("json plan")).isNotEmpty().allSatisfy(block -> {
            byte[] body = block.body().getBytes(StandardCharsets.UTF_8);
            assertThat(TrackingPlanJson.read(JsonText.readObject(body)).sources())
                    .as(block.page().toString())
                    .isNotEmpty();
        });
    }

    @Test
    void allConnectionsShownCanBePublished() {
        assertThat(blocks("json connections")).isNotEmpty().allSatisfy(block -> {
            byte[] body = block.body().getBytes(StandardCharsets.UTF_8);
            assertThat(ConnectionsJson.read(JsonText.readObject(body)).connections())
                    .as(block.page().toString())
                    .isNotEmpty();
        });
    }

    @Test
    void everySentenceShownIsTheSentenceOfItsCondition() {
        assertThat(blocks("sentence"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.body().strip().lines())
                        .allSatisfy(line -> assertThat(Sentences.print(Sentences.parse(line)))
                                .isEqualTo(line)));
    }

    @Test
    void everyEventShownIsKeptByTheTracker() {
        var limits = new Limits(512_000, 32_768, 2_500, 10);
        var intake = new Intake(
                FixedSources.of(List.of("demo-write-key=demo"), limits),
                limits,
                new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                "10.0.0.7",
                () -> "fresh");
        var request = new Envelope(
                Optional.empty(), Optional.of("demo-write-key"), Instant.parse("2026-11-21T06:40:11Z"), "00-0-0-00");

        assertThat(blocks("json event")).isNotEmpty().allSatisfy(block -> {
            byte[] batch = ("{\"batch\":[" + block.body() + "]}").getBytes(StandardCharsets.UTF_8);
            assertThat(intake.judge(request, batch))
                    .isInstanceOfSatisfying(
                            Judgement.Judged.class,
                            judged -> assertThat(judged.verdicts())
                                    .as(block.page().toString())
                                    .singleElement()
                                    .isInstanceOf(Verdict.Kept.class));
        });
    }

    @Test
    void everyAnswerToAnAppShownIsJson() {
        assertThat(blocks("json segments"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(JsonText.readObject(block.body().getBytes(StandardCharsets.UTF_8))
                                .fields())
                        .as(block.page().toString())
                        .containsAnyOf(
                                Map.entry("version", Value.of(7)),
                                Map.entry("expiresAt", Value.of("2026-11-21T12:19:10Z"))));
    }

    @Test
    void everyAnswerShownIsJson() {
        assertThat(blocks("json answer"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(JsonText.readObject(block.body().getBytes(StandardCharsets.UTF_8))
                                .flag("success"))
                        .isTrue());
    }

    private static List<Page.Block> blocks(String kind) {
        return PAGES.stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.kind().equals(kind))
                .toList();
    }
}
