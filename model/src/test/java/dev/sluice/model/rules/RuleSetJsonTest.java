package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promises: a rule that is not valid is refused when it is published, with its place and what was expected. */
class RuleSetJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                | segments[0].when: a condition must have one of the keys [allOf
                    {"trait":"a","equals":1,"oneOf":[1]}              | segments[0].when: expected exactly one of [exists
                    {"trait":"a","equals":null}                       | segments[0].when: compare with a text, a number or a flag
                    {"trait":"a","equals":[1]}                        | segments[0].when: compare with a text, a number or a flag
                    {"trait":"a","exists":false}                      | segments[0].when: exists must be true
                    {"trait":"","exists":true}                        | segments[0].when: trait must be a name
                    {"trait":"a","atLeast":"7"}                       | segments[0].when: atLeast must be a number
                    {"trait":"a","oneOf":[]}                          | segments[0].when: oneOf must hold 1 to 500
                    {"trait":"a","exists":true,"colour":1}            | segments[0].when: unknown key "colour"
                    {"allOf":[]}                                      | segments[0].when: allOf must hold 1 to 50
                    {"allOf":[{"event":{}},{"evnt":{}}]}              | segments[0].when.allOf[1]: a condition must have one of the keys
                    {"not":{"count":{"last":"P7D"}}}                  | segments[0].when.not.count: expected exactly one of [moreThan
                    {"count":{"last":"7 days","atLeast":1}}           | segments[0].when: last must be an ISO 8601 duration
                    {"count":{"last":"P401D","atLeast":1}}            | segments[0].when: last must be over 0 and at most 400 days
                    {"count":{"last":"PT0S","atLeast":1}}             | segments[0].when: last must be over 0
                    {"count":{"last":"P1D","atLeast":201}}            | segments[0].when: a count must be 0 to 200
                    {"count":{"last":"P1D","atLeast":1.5}}            | segments[0].when: atLeast must be a whole number
                    {"event":{"type":"identify"}}                     | segments[0].when: type identify tells who a person is
                    {"event":{"type":"tracks"}}                       | segments[0].when.event: type must be track, page, screen or group
                    {"event":{"name":"A","where":[{"property":"p"}]}} | segments[0].when.event.where[0]: expected exactly one of
                    """)
    void aRuleThatIsNotValidIsRefusedAtItsPlace(String condition, String message) {
        assertThatThrownBy(() -> segments(condition))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aTreeTooDeepIsRefusedBeforeItIsBuilt() {
        String deep = "{\"not\":".repeat(RuleLimits.MAX_DEPTH) + "{\"event\":{}}" + "}".repeat(RuleLimits.MAX_DEPTH);
        assertThatThrownBy(() -> segments(deep)).hasMessageContaining("conditions may nest 10 deep");
        String fits =
                "{\"not\":".repeat(RuleLimits.MAX_DEPTH - 1) + "{\"event\":{}}" + "}".repeat(RuleLimits.MAX_DEPTH - 1);
        assertThat(segments(fits)).hasSize(1);
    }

    @Test
    void aTreeTooLargeIsRefused() {
        String leaves = "{\"event\":{}},".repeat(49) + "{\"event\":{}}";
        String large = "{\"allOf\":[" + ("{\"anyOf\":[" + leaves + "]},").repeat(9) + "{\"anyOf\":[" + leaves + "]}]}";
        assertThatThrownBy(() -> segments(large)).hasMessageContaining("a rule may have 500 conditions, has 511");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "id":"a","kind":"live","group":"g","rank":1           | group and rank belong to kind overwrite
                    "id":"a","kind":"overwrite"                           | group and rank belong to kind overwrite
                    "id":"a","kind":"sticky"                              | kind must be live, append or overwrite
                    "id":"A b","kind":"live"                              | a segment's id must match
                    "id":"a","kind":"live","parent":"b"                   | segment a has the unknown parent b
                    "id":"a","kind":"live","parent":"a"                   | segment a is among its own parents
                    "kind":"live"                                         | id is missing
                    """)
    void aSegmentThatIsNotValidIsRefused(String fields, String message) {
        assertThatThrownBy(() -> {
                    List<Segment> segments = RuleSetJson.readSegments(
                            bytes("{\"segments\":[{" + fields + ",\"when\":{\"event\":{}}}]}"));
                    assertThat(new RuleSet("demo", 1, segments).segments()).isEmpty();
                })
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void twoSegmentsOfOneGroupMayNotShareARank() {
        String one = "{\"id\":\"a\",\"kind\":\"overwrite\",\"group\":\"g\",\"rank\":1,\"when\":{\"event\":{}}}";
        List<Segment> segments =
                RuleSetJson.readSegments(bytes("{\"segments\":[" + one + "," + one.replace("\"a\"", "\"b\"") + "]}"));
        assertThatThrownBy(() -> new RuleSet("demo", 1, segments)).hasMessageContaining("rank 1 is taken in group g");
    }

    @Test
    void anExclusiveSegmentMayNotBeAParent() {
        List<Segment> segments = RuleSetJson.readSegments(bytes("""
                        {"segments":[
                          {"id":"a","kind":"overwrite","group":"g","rank":1,"when":{"event":{}}},
                          {"id":"b","kind":"live","parent":"a","when":{"event":{}}}]}"""));
        assertThatThrownBy(() -> new RuleSet("demo", 1, segments))
                .hasMessageContaining("segment a of kind overwrite must not be a parent");
    }

    @Test
    void aBundleOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> RuleSetJson.read(bytes("{\"v\":2,\"account\":\"demo\",\"number\":1,\"segments\":[]}")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("v is 2; this program reads v 1");
    }

    private static List<Segment> segments(String condition) {
        return RuleSetJson.readSegments(
                bytes("{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + condition + "}]}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
