package dev.sluice.model.rules.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: what can be proved of a rule by hand from {@code docs/RULES.md} is warned of; what may be true of somebody is
 * not; thousands of segments are checked in seconds.
 */
class RuleCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"allOf":[{"trait":"a","equals":"x"},{"trait":"a","equals":"y"}]}                                    | neverMatches
                    {"allOf":[{"trait":"a","oneOf":["x","y"]},{"not":{"trait":"a","oneOf":["y","z","x"]}}]}               | neverMatches
                    {"allOf":[{"trait":"a","exists":true},{"not":{"trait":"a","exists":true}}]}                           | neverMatches
                    {"allOf":[{"trait":"a","equals":1},{"not":{"trait":"a","exists":true}}]}                              | neverMatches
                    {"allOf":[{"trait":"a","moreThan":5},{"trait":"a","lessThan":5}]}                                     | neverMatches
                    {"allOf":[{"trait":"a","moreThan":5},{"trait":"a","atMost":5}]}                                       | neverMatches
                    {"allOf":[{"trait":"a","between":[1,3]},{"trait":"a","between":[4,6]}]}                               | neverMatches
                    {"allOf":[{"trait":"a","between":[1,3]},{"not":{"trait":"a","atLeast":0}}]}                           | neverMatches
                    {"allOf":[{"trait":"a","moreThan":5},{"trait":"a","contains":"x"}]}                                   | neverMatches
                    {"allOf":[{"trait":"a","listContains":"x"},{"trait":"a","equals":"x"}]}                               | neverMatches
                    {"allOf":[{"trait":"a","startsWith":"ab"},{"trait":"a","startsWith":"ac"}]}                           | neverMatches
                    {"allOf":[{"trait":"a","startsWith":"abc"},{"not":{"trait":"a","startsWith":"ab"}}]}                  | neverMatches
                    {"allOf":[{"trait":"a","equals":"US"},{"trait":"a","matches":"^[a-z]+$"}]}                            | neverMatches
                    {"allOf":[{"trait":"a","equals":"US","ignoreCase":true},{"trait":"a","contains":"x","ignoreCase":true}]} | neverMatches
                    {"trait":"a","moreThan":999999999999999999.999999999}                                                 | neverMatches
                    {"allOf":[{"trait":"a","before":"2026-01-01"},{"trait":"a","onOrAfter":"2026-01-01"}]}                | neverMatches
                    {"allOf":[{"trait":"a","before":"2026-01-01"},{"trait":"a","onOrAfter":"2020-01-01T00:00:00Z"}]}      | neverMatches
                    {"allOf":[{"trait":"a","withinLast":"P7D"},{"trait":"a","longerAgoThan":"P8D"}]}                      | neverMatches
                    {"allOf":[{"trait":"a","withinNext":"P7D"},{"trait":"a","longerAgoThan":"P1D"}]}                      | neverMatches
                    {"allOf":[{"event":{"name":"A"}},{"event":{"name":"B"}}]}                                             | neverMatches
                    {"allOf":[{"event":{"name":"A"}},{"event":{"type":"screen"}}]}                                        | neverMatches
                    {"event":{"where":[{"property":"p","moreThan":5},{"property":"p","lessThan":4}]}}                     | neverMatches
                    {"allOf":[{"event":{"name":"A"}},{"count":{"name":"A","ever":true,"exactly":0}}]}                     | neverMatches
                    {"allOf":[{"count":{"last":"P7D","exactly":0}},{"count":{"last":"P7D","atLeast":1}}]}                 | neverMatches
                    {"allOf":[{"count":{"last":"P7D","atLeast":3}},{"count":{"last":"P30D","lessThan":3}}]}               | neverMatches
                    {"allOf":[{"count":{"name":"A","last":"P7D","atLeast":3}},{"count":{"ever":true,"atMost":2}}]}        | neverMatches
                    {"count":{"last":"P7D","lessThan":0}}                                                                 | neverMatches
                    {"days":{"last":"P1D","atLeast":5}}                                                                   | neverMatches
                    {"days":{"from":"2026-01-01","to":"2026-01-03","atLeast":4}}                                          | neverMatches
                    {"allOf":[{"days":{"last":"P7D","atLeast":3}},{"count":{"last":"P7D","atMost":2}}]}                   | neverMatches
                    {"allOf":[{"distinct":{"property":"p","last":"P7D","atLeast":3}},{"count":{"last":"P7D","atMost":2}}]} | neverMatches
                    {"allOf":[{"average":{"property":"p","last":"P7D","atLeast":3}},{"count":{"last":"P7D","exactly":0}}]} | neverMatches
                    {"allOf":[{"sum":{"property":"p","last":"P7D","atLeast":3}},{"sum":{"property":"p","last":"P7D","lessThan":3}}]} | neverMatches
                    {"allOf":[{"firstTime":{"ever":true,"withinLast":"P7D"}},{"count":{"ever":true,"exactly":0}}]}        | neverMatches
                    {"lastTime":{"ever":true,"furtherAheadThan":"P7D"}}                                                   | neverMatches
                    {"allOf":[{"sequence":{"first":{"name":"A"},"then":{"name":"B"},"within":"P1D","last":"P7D"}},{"count":{"name":"B","last":"P30D","exactly":0}}]} | neverMatches
                    {"allOf":[{"sequence":{"first":{"name":"A"},"then":{"name":"B"},"within":"P1D","last":"P7D"}},{"not":{"sequence":{"first":{"name":"A"},"then":{"name":"B"},"within":"P2D","last":"P7D"}}}]} | neverMatches
                    {"allOf":[{"consent":"sms"},{"consent":"sms","granted":false}]}                                       | neverMatches
                    {"allOf":[{"near":{"latitude":42.36,"longitude":-71.06,"miles":10}},{"near":{"latitude":40.75,"longitude":-73.99,"miles":10}}]} | neverMatches
                    {"allOf":[{"near":{"postalCode":"02139","miles":10}},{"not":{"near":{"postalCode":"02139","miles":20}}}]} | neverMatches
                    {"allOf":[{"trait":"a","equals":1},{"anyOf":[{"trait":"a","equals":2},{"trait":"a","equals":3}]}]}    | neverMatches
                    {"allOf":[{"function":"textLength","arguments":[{"trait":"a"}],"moreThan":5},{"function":"textLength","arguments":[{"trait":"a"}],"lessThan":3}]} | neverMatches
                    {"count":{"last":"P7D","atLeast":0}}                                                                  | alwaysMatches
                    {"anyOf":[{"trait":"a","equals":1},{"not":{"trait":"a","equals":1}}]}                                 | alwaysMatches
                    {"anyOf":[{"trait":"a","exists":true},{"not":{"trait":"a","equals":1}}]}                              | alwaysMatches
                    {"anyOf":[{"count":{"last":"P7D","atLeast":3}},{"count":{"last":"P7D","atMost":2}}]}                  | alwaysMatches
                    {"anyOf":[{"count":{"last":"P30D","atLeast":3}},{"count":{"last":"P7D","lessThan":3}}]}               | alwaysMatches
                    {"not":{"allOf":[{"trait":"a","equals":1},{"trait":"a","equals":2}]}}                                 | alwaysMatches
                    {"allOf":[{"trait":"a","equals":1},{"count":{"last":"P7D","atLeast":0}}]}                             | needlessPart
                    {"anyOf":[{"trait":"a","equals":1},{"count":{"last":"P7D","lessThan":0}}]}                            | needlessPart
                    {"anyOf":[{"trait":"a","equals":1},{"trait":"a","equals":1.0}]}                                       | needlessPart
                    """)
    void whatCanBeProvedIsWarnedOf(String condition, String kind) {
        assertThat(RuleCheck.of(rules(condition)))
                .extracting(warning -> warning.kind().word())
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"allOf":[{"trait":"a","oneOf":["x","y"]},{"trait":"a","oneOf":["y","z"]}]}
                    {"allOf":[{"not":{"trait":"a","moreThan":5}},{"not":{"trait":"a","atMost":5}}]}
                    {"allOf":[{"not":{"trait":"a","exists":true}},{"not":{"trait":"a","equals":1}}]}
                    {"allOf":[{"trait":"a","atLeast":5},{"trait":"a","atMost":5}]}
                    {"allOf":[{"trait":"a","contains":"x"},{"trait":"a","contains":"y"}]}
                    {"allOf":[{"trait":"a","startsWith":"ab"},{"trait":"a","startsWith":"AC","ignoreCase":true}]}
                    {"allOf":[{"trait":"a","listContains":"x"},{"trait":"a","listContains":"y"}]}
                    {"allOf":[{"trait":"a","withinLast":"P7D"},{"trait":"a","withinNext":"P7D"}]}
                    {"allOf":[{"trait":"a","withinLast":"P7D"},{"trait":"a","longerAgoThan":"P7D","zone":"Asia/Kathmandu"}]}
                    {"allOf":[{"statistic":"a","equals":1},{"trait":"a","equals":2}]}
                    {"allOf":[{"event":{"name":"A"}},{"event":{"where":[{"property":"p","exists":true}]}}]}
                    {"allOf":[{"event":{"name":"A"}},{"count":{"name":"A","from":"2026-01-01","to":"2026-01-02","exactly":0}}]}
                    {"allOf":[{"event":{"name":"A"}},{"count":{"name":"A","last":"P7D","exactly":0}}]}
                    {"allOf":[{"count":{"last":"P30D","atLeast":3}},{"count":{"last":"P7D","lessThan":3}}]}
                    {"allOf":[{"count":{"name":"A","last":"P7D","atMost":2}},{"count":{"last":"P7D","atLeast":3}}]}
                    {"allOf":[{"days":{"last":"P7D","atMost":1}},{"count":{"last":"P7D","atLeast":9}}]}
                    {"days":{"last":"P1D","atLeast":2}}
                    {"allOf":[{"sum":{"property":"p","last":"P7D","exactly":0}},{"count":{"last":"P7D","exactly":0}}]}
                    {"anyOf":[{"average":{"property":"p","last":"P7D","atLeast":3}},{"average":{"property":"p","last":"P7D","lessThan":3}}]}
                    {"anyOf":[{"trait":"a","atLeast":3},{"trait":"a","lessThan":3}]}
                    {"anyOf":[{"consent":"sms"},{"consent":"sms","granted":false}]}
                    {"allOf":[{"near":{"latitude":42.36,"longitude":-71.06,"miles":200}},{"near":{"latitude":40.75,"longitude":-73.99,"miles":10}}]}
                    """)
    void whatMayBeTrueOfSomebodyIsNotWarnedOf(String condition) {
        assertThat(RuleCheck.of(rules(condition))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"allOf":[{"trait":"a","equals":1},{"trait":"b","equals":2}]} | {"allOf":[{"trait":"b","equals":2.0},{"trait":"a","equals":1}]} | sameAs
                    {"not":{"anyOf":[{"trait":"a","equals":1},{"consent":"sms"}]}} | {"allOf":[{"not":{"consent":"sms"}},{"not":{"trait":"a","equals":1}}]} | sameAs
                    {"count":{"last":"P7D","atLeast":3}}                          | {"not":{"count":{"last":"P7D","lessThan":3}}}            | sameAs
                    {"trait":"a","oneOf":["x","y"]}                               | {"anyOf":[{"trait":"a","equals":"y"},{"trait":"a","equals":"x"}]} | sameAs
                    {"trait":"a","between":[1,2]}                                 | {"allOf":[{"trait":"a","atLeast":1},{"trait":"a","atMost":2}]} | sameAs
                    {"trait":"a","oneOf":["x","y"]}                               | {"trait":"a","equals":"y"}                               | containedIn
                    {"trait":"a","equals":"x","ignoreCase":true}                  | {"trait":"a","equals":"X"}                               | containedIn
                    {"trait":"a","atLeast":3}                                     | {"trait":"a","moreThan":3}                               | containedIn
                    {"trait":"a","exists":true}                                   | {"allOf":[{"trait":"a","contains":"x"},{"event":{}}]}    | containedIn
                    {"count":{"last":"P30D","atLeast":2}}                         | {"count":{"name":"A","last":"P7D","atLeast":3}}          | containedIn
                    {"count":{"name":"A","ever":true,"atLeast":1}}               | {"event":{"name":"A","where":[{"property":"p","equals":1}]}} | containedIn
                    {"near":{"postalCode":"02139","miles":20}}                    | {"near":{"postalCode":"02139","kilometers":20}}          | containedIn
                    {"near":{"postalCode":"02139","miles":500}}                   | {"near":{"postalCode":"10001","miles":20}}               | containedIn
                    """)
    void anOverlapIsWarnedOf(String one, String other, String kind) {
        var warnings = RuleCheck.of(rules(one, other));
        assertThat(warnings)
                .extracting(
                        RuleCheck.Warning::segment, warning -> warning.kind().word(), RuleCheck.Warning::other)
                .containsExactly(tuple("s1", kind, Optional.of("s0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"trait":"a","equals":"x"}                         | {"trait":"b","equals":"x"}
                    {"trait":"a","equals":"x"}                         | {"statistic":"a","equals":"x"}
                    {"trait":"a","contains":"x","ignoreCase":true}     | {"trait":"a","contains":"x"}
                    {"count":{"last":"P7D","atLeast":3}}               | {"count":{"last":"P30D","atLeast":3}, "x":1}
                    {"trait":"a","withinLast":"P7D"}                   | {"trait":"a","withinLast":"P1D","zone":"Europe/Paris"}
                    {"sum":{"property":"p","last":"P7D","atLeast":3}}  | {"sum":{"property":"p","last":"P1D","atLeast":3}}
                    """)
    void whatDoesNotOverlapIsNotWarnedOf(String one, String other) {
        List<RuleCheck.Warning> warnings = RuleCheck.of(rules(one, other.replace(", \"x\":1", "")));
        // The longer window holds the shorter: that is the other way round.
        assertThat(warnings).allMatch(warning -> warning.segment().equals("s0"));
    }

    @Test
    void aSegmentThatNeverWinsItsGroupIsWarnedOf() {
        RuleSet rules = new RuleSet("demo", 1, RuleSetJson.readSegments(bytes("""
                {"segments":[
                  {"id":"high","kind":"overwrite","group":"g","rank":2,"when":{"trait":"a","atLeast":1}},
                  {"id":"low","kind":"overwrite","group":"g","rank":1,"when":{"trait":"a","atLeast":5}}]}""")));

        assertThat(RuleCheck.of(rules))
                .containsExactly(new RuleCheck.Warning(
                        "low",
                        RuleCheck.Kind.NEVER_WINS,
                        "whoever passes also passes segment high, which has a higher rank in its group",
                        Optional.of("high")));
    }

    @Test
    void whatIsPartOfAnotherOnPurposeIsNotWarnedOf() {
        RuleSet rules = new RuleSet("demo", 1, RuleSetJson.readSegments(bytes("""
                {"segments":[
                  {"id":"buyers","kind":"live","when":{"count":{"name":"A","last":"P30D","atLeast":1}}},
                  {"id":"regulars","kind":"live","parent":"buyers","when":{"count":{"name":"A","last":"P30D","atLeast":5}}},
                  {"id":"near","kind":"live","when":{"allOf":[{"segment":"buyers"},{"near":{"postalCode":"02139","miles":5}}]}}]}""")));

        assertThat(RuleCheck.of(rules)).isEmpty();
    }

    @Test
    void aChildThatHasNobodyOfItsParentIsWarnedOf() {
        RuleSet rules = new RuleSet("demo", 1, RuleSetJson.readSegments(bytes("""
                {"segments":[
                  {"id":"us","kind":"live","when":{"trait":"country","equals":"US"}},
                  {"id":"paris","kind":"live","parent":"us","when":{"allOf":[{"trait":"country","equals":"FR"},{"trait":"city","equals":"Paris"}]}},
                  {"id":"boston","kind":"live","parent":"us","when":{"trait":"city","equals":"Boston"}}]}""")));

        assertThat(RuleCheck.of(rules))
                .containsExactly(new RuleCheck.Warning(
                        "paris",
                        RuleCheck.Kind.OUTSIDE_PARENT,
                        "nobody passes both it and its parent us, in which whoever is in it is as well",
                        Optional.of("us")));
    }

    @Test
    void aSetThatNoEventIsAnOccasionForIsWarnedOf() {
        String statistic = "{\"statistic\":\"a\",\"equals\":1}";
        String call = "{\"function\":\"textLength\",\"arguments\":[{\"property\":\"p\"}],\"moreThan\":5}";
        assertThat(RuleCheck.of(rules(statistic, call)))
                .extracting(RuleCheck.Warning::segment, RuleCheck.Warning::kind)
                .containsExactly(tuple("s0", RuleCheck.Kind.NEVER_ASKED), tuple("s1", RuleCheck.Kind.NEVER_ASKED));

        for (String occasion : List.of(
                "{\"event\":{\"name\":\"A\"}}",
                "{\"trait\":\"a\",\"equals\":1}",
                "{\"consent\":\"sms\"}",
                "{\"not\":{\"count\":{\"last\":\"P7D\",\"atLeast\":3}}}",
                call.replace("property", "trait"))) {
            assertThat(RuleCheck.of(rules(statistic, occasion))).isEmpty();
        }
    }

    @Test
    void aContradictionNamesItsParts() {
        assertThat(RuleCheck.of(
                                rules(
                                        "{\"allOf\":[{\"event\":{}},{\"trait\":\"a\",\"equals\":1},{\"trait\":\"a\",\"equals\":2}]}"))
                        .get(0)
                        .message())
                .isEqualTo("nobody can ever pass: when.allOf[1] and when.allOf[2] contradict each other");
    }

    @Test
    void thousandsOfSegmentsAreCheckedInSeconds() {
        RuleSet rules = new GeneratedRules(11).ruleSet(10_000);
        // Processor time: what else the machine does is not the check's fault.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        List<RuleCheck.Warning> warnings = RuleCheck.of(rules);

        assertThat(warnings).hasSizeLessThanOrEqualTo(1_000).isNotEmpty();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private static RuleSet rules(String... conditions) {
        StringBuilder segments = new StringBuilder();
        for (int i = 0; i < conditions.length; i++) {
            segments.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"s" + i + "\",\"kind\":\"live\",\"when\":" + conditions[i] + "}");
        }
        return new RuleSet("demo", 1, RuleSetJson.readSegments(bytes("{\"segments\":[" + segments + "]}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
