package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises, row by row, of what conditions mean: a leaf over something missing, null or of another type is false and its
 * {@code not} true; windows are {@code (t − w, t]} to the millisecond; text is compared by code points, numbers by value.
 *
 * <p>The expected values are derived by hand from the words of {@code docs/RULES.md}.
 */
class RuleEvaluatorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"trait":"country","equals":"US"}                     | true
                    {"trait":"country","equals":"us"}                     | false
                    {"trait":"country","oneOf":["CA","US"]}               | true
                    {"trait":"country","oneOf":["CA","MX"]}               | false
                    {"trait":"country","contains":"U"}                    | true
                    {"trait":"country","atLeast":0}                       | false
                    {"trait":"missing","equals":"US"}                     | false
                    {"not":{"trait":"missing","equals":"US"}}             | true
                    {"trait":"missing","exists":true}                     | false
                    {"trait":"nothing","exists":true}                     | false
                    {"not":{"trait":"nothing","exists":true}}             | true
                    {"trait":"country","exists":true}                     | true
                    {"trait":"level","equals":7}                          | true
                    {"trait":"level","equals":7.0}                        | true
                    {"trait":"level","equals":"7"}                        | false
                    {"trait":"level","moreThan":6.999}                    | true
                    {"trait":"level","moreThan":7}                        | false
                    {"trait":"level","atLeast":7}                         | true
                    {"trait":"level","atMost":7}                          | true
                    {"trait":"level","lessThan":7}                        | false
                    {"trait":"level","contains":"7"}                      | false
                    {"trait":"vip","equals":true}                         | true
                    {"trait":"vip","equals":"true"}                       | false
                    {"trait":"brands","listContains":"Acme Cola"}         | true
                    {"trait":"brands","listContains":"acme cola"}         | false
                    {"trait":"brands","listContains":1}                   | true
                    {"trait":"brands","equals":"Acme Cola"}               | false
                    {"trait":"country","listContains":"US"}               | false
                    {"statistic":"isRegularPlayer","equals":true}         | true
                    {"statistic":"country","equals":"US"}                 | false
                    {"event":{"name":"Ad Clicked"}}                       | true
                    {"event":{}}                                          | true
                    {"event":{"type":"screen"}}                           | false
                    {"event":{"name":"Ad Skipped"}}                       | false
                    {"event":{"name":"Ad Clicked","where":[{"property":"brand","equals":"Acme Cola"}]}}  | true
                    {"event":{"name":"Ad Clicked","where":[{"property":"brand","equals":"Acme Cola"},{"property":"seconds","lessThan":3}]}} | false
                    {"event":{"name":"Ad Clicked","where":[{"property":"missing","lessThan":3}]}}        | false
                    {"count":{"name":"Ad Clicked","last":"PT1S","exactly":1}}                            | true
                    {"count":{"name":"Ad Clicked","last":"PT1H","exactly":2}}                            | true
                    {"count":{"name":"Ad Clicked","last":"PT1H0.001S","exactly":3}}                      | true
                    {"count":{"name":"Ad Clicked","last":"P7D","atLeast":4}}                             | true
                    {"count":{"name":"Ad Clicked","last":"P7D","atLeast":5}}                             | false
                    {"count":{"name":"Ad Clicked","last":"P7D","atMost":4}}                              | true
                    {"count":{"name":"Ad Clicked","last":"P7D","lessThan":4}}                            | false
                    {"count":{"name":"Ad Clicked","last":"P7D","moreThan":3}}                            | true
                    {"count":{"name":"Ad Clicked","where":[{"property":"brand","equals":"Acme Cola"}],"last":"P7D","exactly":2}} | true
                    {"count":{"name":"Order Completed","last":"P7D","exactly":0}}                        | true
                    {"count":{"name":"Order Completed","last":"P7D","atLeast":1}}                        | false
                    {"count":{"last":"P7D","exactly":5}}                                                 | true
                    {"allOf":[{"event":{}},{"trait":"vip","equals":true}]}                               | true
                    {"allOf":[{"event":{}},{"trait":"vip","equals":false}]}                              | false
                    {"anyOf":[{"trait":"vip","equals":false},{"event":{}}]}                              | true
                    {"anyOf":[{"trait":"vip","equals":false},{"trait":"x","exists":true}]}               | false
                    {"not":{"allOf":[{"event":{}},{"trait":"x","exists":true}]}}                         | true
                    """)
    void aConditionMeansWhatIsWritten(String condition, boolean expected) {
        assertThat(RuleEvaluator.isTrue(condition(condition), observation(), RuleFunctions.installed()))
                .isEqualTo(expected);
    }

    private static Observation observation() {
        var history = List.of(
                clicked("c1", NOW.minusSeconds(86_400 * 6), "{\"brand\":\"Acme Cola\"}"),
                new Occurrence(
                        "k1", EventType.TRACK, Optional.of("Card Played"), NOW.minusSeconds(7200), NOW, fields("{}")),
                clicked("c2", NOW.minusSeconds(3600), "{\"brand\":\"Other\"}"),
                clicked("c3", NOW.minusMillis(3_599_999), "{}"),
                clicked("c4", NOW, "{\"brand\":\"Acme Cola\",\"seconds\":3}"));
        return new Observation(history.get(4), fields("""
                        {"country":"US","level":7.00,"vip":true,"nothing":null,"brands":["Acme Cola",1.0]}"""), fields("{\"isRegularPlayer\":true}"), history);
    }

    private static Occurrence clicked(String id, Instant time, String properties) {
        return new Occurrence(id, EventType.TRACK, Optional.of("Ad Clicked"), time, NOW, fields(properties));
    }

    private static Value.Fields fields(String json) {
        return JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Condition condition(String json) {
        String draft = "{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + json + "}]}";
        return RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8))
                .get(0)
                .when();
    }
}
