package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@link Problem}, {@link Inspection} and {@link Submission} promise:
 *
 * <ul>
 *   <li>the place that the model names becomes the path, and the message is what is left;
 *   <li>what is about the whole has no path; nothing typed is taken for a path;
 *   <li>a long message is cut, between characters;
 *   <li>a body that does not say segments is refused rather than read as none, an empty one unless it is meant;
 *   <li>all problems are found at once, each with its place, up to a bound; what the model alone knows is found too;
 *   <li>what is read is what the model reads; remarks beyond their bounds are refused.
 * </ul>
 */
class InspectionTest {
    @Test
    void thePlaceBecomesThePath() {
        assertThat(problem("segments[2].when.allOf[0].count.where[1]: expected one: of these"))
                .isEqualTo(new Problem("segments[2].when.allOf[0].count.where[1]", "expected one: of these"));
        assertThat(problem("segments[0]: id must be a string"))
                .isEqualTo(new Problem("segments[0]", "id must be a string"));
    }

    @Test
    void nothingTypedIsTakenForAPath() {
        for (String message : new String[] {
            "segment x is among its own parents",
            "unknown key \"segments[0]: x\"; expected one of [segments]",
            "segments[0].<b>: x",
            "segments[99999999]: x"
        }) {
            assertThat(problem(message)).isEqualTo(new Problem("", message));
        }
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        assertThat(problem("x".repeat(300)).message()).isEqualTo("x".repeat(300));
        assertThat(problem("x".repeat(301)).message()).hasSize(300).endsWith("x…");
        String faces = problem("\uD83D\uDE00".repeat(200)).message();
        assertThat(faces.length()).isLessThanOrEqualTo(300);
        assertThat(faces.chars()
                        .filter(c -> Character.isHighSurrogate((char) c))
                        .count())
                .isEqualTo(faces.chars()
                        .filter(c -> Character.isLowSurrogate((char) c))
                        .count());
    }

    @Test
    void aBodyThatDoesNotSaySegmentsIsRefused() {
        assertThat(problems("{}")).containsExactly(new Problem("segments", "is missing; say \"segments\": […]"));
        assertThat(problems("{\"segments\":null}")).extracting(Problem::path).containsExactly("segments");
        assertThat(problems("{\"segments\":5}")).containsExactly(new Problem("segments", "must be an array"));
        assertThat(problems("{\"segments\":[],\"allowEmpty\":true,\"v\":1}"))
                .containsExactly(new Problem(
                        "", "unknown key v; expected one of [allowEmpty, author, reason, segments, share]"));
    }

    @Test
    void aConditionMayBeASentence() {
        String body = """
                {"segments": [{"id": "a", "kind": "live", "when": "did \\"Order Completed\\" at least once in the last 30 days"}]}""";
        Inspection inspection =
                Submission.read(body.getBytes(StandardCharsets.UTF_8)).inspection();
        assertThat(inspection.problems()).isEmpty();
        assertThat(RuleSetJson.writeCondition(inspection.segments().getFirst().when()))
                .isEqualTo(JsonText.readObject("""
                        {"count": {"name": "Order Completed", "last": "P30D", "atLeast": 1}}""".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSentenceThatIsNoConditionIsRefusedWithItsPlace() {
        assertThat(problems("""
                        {"segments": [{"id": "a", "kind": "live", "when": {"event": {}}},
                                      {"id": "b", "kind": "live", "when": "has agred to \\"sms\\""}]}""")).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("segments[1].when");
            assertThat(problem.message()).startsWith("line 1, column 5:").contains("did you mean agreed?");
        });
    }

    @Test
    void aFunctionThatIsNotInstalledIsAProblem() {
        assertThat(problems("""
                        {"segments": [{"id": "a", "kind": "live",
                                       "when": {"function": "nowhere", "arguments": [], "exists": true}}]}"""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("there is no function nowhere"));
    }

    @Test
    void whatIsProbablyNotMeantIsWarnedOf() {
        String body = """
                {"segments": [{"id": "a", "kind": "live",
                               "when": {"allOf": [{"trait": "age", "lessThan": 18}, {"trait": "age", "atLeast": 18}]}}]}""";
        assertThat(Submission.read(body.getBytes(StandardCharsets.UTF_8))
                        .inspection()
                        .warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("segments[0].when");
                    assertThat(warning.message()).startsWith("neverMatches: ");
                });
    }

    @Test
    void anEmptyOneMustBeMeant() {
        assertThat(problems("{\"segments\":[]}")).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("segments");
            assertThat(problem.message()).contains("everyone out of every segment", "\"allowEmpty\": true");
        });
        assertThat(problems("{\"segments\":[],\"allowEmpty\":false}")).hasSize(1);
        assertThat(problems("{\"segments\":[],\"allowEmpty\":true}")).isEmpty();
    }

    @Test
    void allProblemsAreFoundInOneLook() {
        String body = """
                {"segments":[
                  {"id":"good","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"Bad Id","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"a","kind":"no-kind","when":{"trait":"t","exists":true}},
                  {"id":"a","kind":"live","parent":"nowhere","when":{"allOf":[{"count":{"last":"P900D","atLeast":1}}]}},
                  {"id":"low","kind":"overwrite","group":"g","rank":1,"when":{"trait":"t","exists":true}},
                  {"id":"high","kind":"overwrite","group":"g","rank":1.0,"parent":"a","when":{"trait":"t","exists":true}},
                  5]}
                """;

        assertThat(problems(body))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "segments[1]",
                        "segments[2]",
                        "segments[3].when.allOf[0]",
                        "segments[3].id",
                        "segments[3].parent",
                        "segments[5].rank",
                        "segments[6]");
    }

    @Test
    void whatOnlyTheModelRefusesIsFoundToo() {
        assertThat(problems("""
                {"segments":[
                  {"id":"a","kind":"live","parent":"b","when":{"trait":"t","exists":true}},
                  {"id":"b","kind":"live","parent":"a","when":{"trait":"t","exists":true}}]}
                """)).containsExactly(new Problem("", "segment a is among its own parents"));
    }

    @Test
    void whatMakesTooLargeABundleIsAProblem() {
        List<Value> elements = JsonText.readObject(RuleSetJson.write(new RuleSet("demo", 1, Samples.tooLarge())))
                .list("segments");

        assertThat(Inspection.of(elements).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("segments");
            assertThat(problem.message()).contains("may have 16777152");
        });
    }

    @Test
    void nothingHostileIsEchoed() {
        assertThat(problems("{\"segments\":[],\"allowEmpty\":true,\"<script>\":1}"))
                .extracting(Problem::message)
                .containsExactly(
                        "unknown key (of 8 characters); expected one of [allowEmpty, author, reason, segments, share]");
    }

    @Test
    void halfACharacterIsAProblem() {
        assertThat(problems("""
                {"segments":[{"id":"a","name":"\\ud800","kind":"live","when":{"trait":"t","exists":true}}]}
                """)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("segments[0]");
            assertThat(problem.message()).contains("surrogate");
        });
    }

    @Test
    void manyProblemsAreCutAndCounted() {
        String segments = IntStream.range(0, 500).mapToObj(i -> "" + i).collect(Collectors.joining(","));

        assertThat(problems("{\"segments\":[" + segments + "]}"))
                .hasSize(101)
                .endsWith(new Problem("", "and 400 more"));
        assertThat(problems("{\"segments\":[" + "5,".repeat(RuleLimits.MAX_SEGMENTS) + "5]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("segments"));
    }

    @Test
    void twoSegmentsOfOneNameAreWarnedOf() {
        String two = """
                {"segments":[
                  {"id":"a","name":"Same","kind":"live","when":{"trait":"t","exists":true}},
                  {"id":"b","name":"Same","kind":"live","when":{"trait":"t","exists":true}}]}
                """;

        assertThat(problems(two)).isEmpty();
        assertThat(submission(two).inspection().warnings())
                .extracting(Problem::path)
                .contains("segments[1].name");
    }

    @Test
    void whatIsReadIsWhatTheModelReads() {
        byte[] body = Samples.draft("one").getBytes(StandardCharsets.UTF_8);

        assertThat(Submission.read(body).inspection().segments()).isEqualTo(RuleSetJson.readSegments(body));
    }

    @Test
    void remarksAreRead() {
        Remarks remarks = submission("{\"segments\":[],\"author\":\"Zoë\",\"reason\":\"sale\"}")
                .remarks();

        assertThat(remarks).isEqualTo(new Remarks(Optional.of("Zoë"), Optional.of("sale"), false));
        for (String wrong : List.of(
                "\"author\":5",
                "\"author\":\" \"",
                "\"reason\":\"a\\nb\"",
                "\"reason\":\"a\\u2028b\"",
                "\"reason\":\"a\\ud800b\"",
                "\"author\":\"\\udc00\"",
                "\"reason\":\"" + "x".repeat(301) + "\"",
                "\"allowEmpty\":\"yes\"")) {
            assertThatThrownBy(() -> submission("{\"segments\":[]," + wrong + "}"))
                    .as(wrong)
                    .isInstanceOf(MalformedException.class);
        }
    }

    private static List<Problem> problems(String body) {
        return submission(body).inspection().problems();
    }

    private static Submission submission(String body) {
        return Submission.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(String message) {
        return Problem.of(new InvalidRuleException(message));
    }
}
