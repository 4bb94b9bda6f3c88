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
                    {"trait":"a","equals":null}                       | segments[0].when: equals must not be null
                    {"trait":"a","oneOf":[null]}                      | segments[0].when: compare with a text, a number or a flag
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"consent":"sms","grantd":true}                                   | segments[0].when: unknown key "grantd"; expected one of [consent, granted]
                    {"consent":"sms","granted":"yes"}                                 | segments[0].when: granted must be true or false
                    {"consent":5}                                                     | segments[0].when: consent must be a string
                    {"near":{"miles":1}}                                              | segments[0].when.near: needs either a postalCode, or a latitude and a longitude
                    {"near":{"postalCode":"02139","latitude":1,"miles":1}}            | segments[0].when.near: needs either
                    {"near":{"latitude":1,"miles":1}}                                 | segments[0].when: longitude must be a number
                    {"near":{"latitude":91,"longitude":0,"miles":1}}                  | segments[0].when: latitude must be -90 to 90
                    {"near":{"postalCode":"00000","miles":1}}                         | segments[0].when: postal code must be one of five digits
                    {"near":{"postalCode":"02139","miles":0}}                         | segments[0].when: a distance must be over 0
                    {"near":{"postalCode":"02139","miles":13000}}                     | segments[0].when: a distance must be at most half the Earth's circumference
                    {"near":{"postalCode":"02139","miles":1,"kilometers":1}}          | segments[0].when.near: expected exactly one of [miles, kilometers], found
                    {"segment":""}                                                    | segments[0].when: segment must be a name
                    {"function":"f","exists":true,"arguments":[{"value":null}]}       | segments[0].when.arguments[0]: value must not be null
                    {"function":"f","exists":true,"arguments":[{}]}                   | segments[0].when.arguments[0]: expected exactly one of [value, trait
                    {"function":"f","exists":true,"arguments":[{"trait":"a","x":1}]}  | segments[0].when.arguments[0]: unknown key "x"
                    {"function":"f","exists":true,"arguments":[{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"},{"trait":"a"}]} | segments[0].when: arguments must hold 1 to 8
                    {"sum":{"last":"P7D","atLeast":1}}                                | segments[0].when: property is missing
                    {"sum":{"property":"p","last":"P7D","atLeast":1e18}}              | segments[0].when: a number may have 18 digits
                    {"sum":{"property":"p","last":"P7D","atLeast":0.0000000001}}      | segments[0].when: a number may have 18 digits
                    {"count":{"property":"p","last":"P7D","atLeast":1}}               | segments[0].when.count: unknown key "property"
                    {"count":{"atLeast":1}}                                           | segments[0].when.count: which part of the past?
                    {"count":{"last":"P1D","ever":true,"atLeast":1}}                  | segments[0].when.count: which part of the past?
                    {"count":{"ever":false,"atLeast":1}}                              | segments[0].when.count: ever must be true
                    {"count":{"from":"2026-02-01","to":"2026-01-01","atLeast":1}}     | segments[0].when: the window from 2026-02-01 to 2026-01-01 ends before it begins
                    {"count":{"from":"2026-02-01","atLeast":1}}                       | segments[0].when: to is missing
                    {"count":{"from":"2026-02-30","to":"2026-03-01","atLeast":1}}     | segments[0].when: from must be a date such as 2026-11-21
                    {"count":{"last":"P1D","zone":"UTC","atLeast":1}}                 | segments[0].when.count: zone belongs to windows from one day to another
                    {"days":{"last":"P1D","zone":"GMT+99","atLeast":1}}               | segments[0].when: zone must be one of the time zone database
                    {"days":{"last":"P1D","zone":"+01:00","atLeast":1}}               | segments[0].when: zone must be one of the time zone database
                    {"days":{"last":"P1D","zone":"Europe/Pariss","atLeast":1}}        | segments[0].when: zone must be one of the time zone database, such as Europe/Paris or UTC; did you mean Europe/Paris?
                    {"lastTime":{"ever":true,"before":"2026-01-01"}}                  | segments[0].when: an event happens at an instant
                    {"lastTime":{"ever":true}}                                        | segments[0].when.lastTime: expected exactly one of [before
                    {"sequence":{"then":{},"within":"P1D","ever":true}}               | segments[0].when.sequence: first is missing
                    {"sequence":{"first":{},"then":{},"notThen":{},"within":"P1D","ever":true}} | segments[0].when.sequence: expected exactly one of [then, notThen]
                    {"sequence":{"first":{},"then":{},"ever":true}}                   | segments[0].when: within is missing
                    {"sequence":{"first":{},"then":{},"within":"P401D","ever":true}}  | segments[0].when: within must be over 0 and at most 400 days
                    {"sequence":{"first":{},"then":{"where":[{"property":"p"}]},"within":"P1D","ever":true}} | segments[0].when.sequence.then.where[0]: expected exactly one of
                    {"count":{"last":"PT0.0001S","atLeast":1}}                        | segments[0].when: last must be over 0 and at most 400 days, in whole milliseconds
                    {"count":{"last":"P1M","atLeast":1}}                              | segments[0].when: last must be an ISO 8601 duration
                    {"count":{"last":"PT9223372036854775807S","atLeast":1}}           | segments[0].when: last must be over 0 and at most 400 days
                    {"count":{"last":"P99999999999999999999D","atLeast":1}}           | segments[0].when: last must be an ISO 8601 duration
                    {"trait":"a","between":[2,1]}                                     | segments[0].when: between 2 and 1 lies nothing
                    {"trait":"a","between":[1]}                                       | segments[0].when: between must be a list of two numbers
                    {"trait":"a","exactly":1}                                         | segments[0].when: unknown key "exactly"
                    {"trait":"a","matches":"(a"}                                      | segments[0].when: not an RE2 pattern
                    {"trait":"a","matches":"(?=a)"}                                   | segments[0].when: not an RE2 pattern
                    {"trait":"a","matches":"a{1001}"}                                 | segments[0].when: a pattern's counted repetitions must multiply to at most 1000
                    {"trait":"a","matches":"(abcdefgh){500}"}                         | segments[0].when: a pattern's length times its counted repetitions must be at most 4000, is 7500
                    {"trait":"a","matches":"x","ignoreCase":true}                     | segments[0].when: ignoreCase belongs to tests of text
                    {"trait":"a","equals":"x","zone":"UTC"}                           | segments[0].when: zone belongs to tests of dates
                    {"trait":"a","before":"2026-01-01","zone":"UTC"}                  | segments[0].when: zone does not belong to before
                    {"trait":"a","before":"tomorrow"}                                 | segments[0].when: before must be a date such as
                    {"trait":"a","before":"2026-01-01T00:00:00"}                      | segments[0].when: before must be a date such as
                    {"trait":"a","withinNext":"P36526D"}                              | segments[0].when: the time from now must be over 0 and at most 36525 days
                    {"trait":"a","anniversaryWithinNext":"P366D"}                     | segments[0].when: anniversaryWithinNext must be 1 to 365 whole days
                    {"trait":"a","anniversaryWithinNext":"PT36H"}                     | segments[0].when: anniversaryWithinNext must be 1 to 365 whole days
                    {"trait":"a","anniversaryWithinNext":"P-4294967289D"}             | segments[0].when: anniversaryWithinNext must be 1 to 365 whole days
                    {"trait":"a","anniversary":"thisYear"}                            | segments[0].when: anniversary must be thisWeek or thisMonth
                    {"trait":"a","contains":"a\\u0000b"}                               | segments[0].when: text holds NUL
                    {"trait":"a\\ud800","exists":true}                                 | segments[0].when: text holds half of a surrogate pair
                    {"tait":"a","exists":true}                                        | segments[0].when: a condition must have one of the keys
                    """)
    void aFormOfTheLanguageThatIsNotValidIsRefusedAtItsPlace(String condition, String message) {
        assertThatThrownBy(() -> segments(condition))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"event":null}                                                               | segments[0].when: event must not be null
                    {"event":{"name":null}}                                                      | segments[0].when.event: name must not be null
                    {"event":{"type":null}}                                                      | segments[0].when.event: type must not be null
                    {"event":{"where":null}}                                                     | segments[0].when.event: where must not be null
                    {"event":{"where":[null]}}                                                   | segments[0].when: every element of where must be an object
                    {"count":null}                                                               | segments[0].when: count must not be null
                    {"count":{"name":null,"ever":true,"atLeast":1}}                              | segments[0].when.count: name must not be null
                    {"count":{"name":"A","last":null,"ever":true,"atLeast":1}}                   | segments[0].when.count: last must not be null
                    {"days":{"last":"P7D","zone":null,"atLeast":1}}                              | segments[0].when.days: zone must not be null
                    {"sequence":{"first":null,"then":{},"within":"P1D","ever":true}}             | segments[0].when.sequence: first must not be null
                    {"sequence":{"first":{},"notThen":null,"within":"P1D","ever":true}}          | segments[0].when.sequence: notThen must not be null
                    {"consent":"sms","granted":null}                                             | segments[0].when: granted must not be null
                    {"trait":"a","equals":"x","ignoreCase":null}                                 | segments[0].when: ignoreCase must not be null
                    {"trait":"a","withinLast":"P1D","zone":null}                                 | segments[0].when: zone must not be null
                    {"function":"textLength","arguments":null,"atLeast":1}                       | segments[0].when: arguments must not be null
                    {"not":null}                                                                 | segments[0].when: not must not be null
                    """)
    void aKeyThatIsNullIsRefusedInsteadOfWideningTheRule(String condition, String message) {
        assertThatThrownBy(() -> segments(condition))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aSegmentsFieldThatIsNullIsRefused() {
        for (String field : List.of("name", "group", "rank", "parent", "when")) {
            String segment = "{\"id\":\"s\",\"kind\":\"live\",\"" + field + "\":null}";
            assertThatThrownBy(() -> RuleSetJson.readSegments(bytes("{\"segments\":[" + segment + "]}")))
                    .isInstanceOf(InvalidRuleException.class)
                    .hasMessage("segments[0]: " + field + " must not be null");
        }
        assertThatThrownBy(() -> RuleSetJson.readSegments(bytes("{\"segments\":null}")))
                .hasMessage("segments must not be null");
    }

    @Test
    void anUnknownKeyIsShownShortAndHarmless() {
        assertThatThrownBy(() -> segments("{\"trait\":\"a\",\"\\u001b[2J" + "x".repeat(500) + "\":1}"))
                .hasMessageStartingWith(
                        "segments[0].when: unknown key \"\ufffd[2J" + "x".repeat(36) + "…\"; expected one of [")
                .message()
                .hasSizeLessThan(500);
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
