package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises: an event is needed exactly if a filter covers it; of it only what rules test is kept, and of that no more than
 * the stated bounds, in a way that no test of a rule mistakes for the whole.
 */
class RuleNeedsTest {
    private static final RuleNeeds NEEDS =
            new RuleNeeds(new RuleSet("demo", 1, RuleSetJson.readSegments("""
                    {"segments":[
                      {"id":"a","kind":"live","when":{"count":{"name":"Ad Clicked","where":[{"property":"brand","exists":true},{"property":"tags","listContains":"x"}],"last":"P1D","atLeast":1}}},
                      {"id":"b","kind":"live","when":{"allOf":[{"event":{"type":"screen"}},{"trait":"country","equals":"US"}]}}]}""".getBytes(StandardCharsets.UTF_8))));

    @Test
    void anEventIsNeededExactlyIfAFilterCoversIt() {
        assertThat(NEEDS.needs(EventType.TRACK, Optional.of("Ad Clicked"))).isTrue();
        assertThat(NEEDS.needs(EventType.TRACK, Optional.of("Ad Skipped"))).isFalse();
        assertThat(NEEDS.needs(EventType.SCREEN, Optional.of("Shop"))).isTrue();
        assertThat(NEEDS.needs(EventType.SCREEN, Optional.empty())).isTrue();
        assertThat(NEEDS.needs(EventType.PAGE, Optional.of("Shop"))).isFalse();
        assertThat(NEEDS.needs(EventType.IDENTIFY, Optional.empty())).isTrue();
        assertThat(new RuleNeeds(RuleSet.none("demo")).needs(EventType.IDENTIFY, Optional.empty()))
                .isFalse();
    }

    @Test
    void onlyWhatRulesTestIsKept() {
        assertThat(keep("{\"brand\":\"Acme\",\"seconds\":3}"))
                .isEqualTo(new Value.Fields(Map.of("brand", Value.of("Acme"))));
    }

    @Test
    void aLongTextIsCutBeyondAnythingThatARuleCanCompareWith() {
        Value.Fields kept = keep("{\"brand\":\"" + "x".repeat(5_000) + "\"}");

        assertThat(kept.text("brand")).hasSize(2 * RuleLimits.MAX_TEXT);
    }

    @Test
    void aCutDoesNotHalveACharacter() {
        Value.Fields kept = keep("{\"brand\":\"x" + "\ud83d\ude00".repeat(2_000) + "\"}");

        assertThat(kept.text("brand")).endsWith("\ud83d\ude00").hasSize(2 * RuleLimits.MAX_TEXT - 1);
    }

    @Test
    void whatIsTooMuchOfOneEventExistsAndEqualsNothing() {
        Value.Fields kept = keep("{\"tags\":[\"" + "x".repeat(1_024) + "\",\"" + "y".repeat(1_000) + "\",\""
                + "z".repeat(30) + "\"],\"brand\":{\"deep\":[1]}}");

        assertThat(kept.list("tags")).last().isEqualTo(Value.Fields.NONE);
        assertThat(kept.find("brand")).contains(Value.Fields.NONE);
    }

    @Test
    void aLongListIsCut() {
        assertThat(keep("{\"tags\":[" + "1,".repeat(500) + "1]}").list("tags")).hasSize(50);
    }

    private static Value.Fields keep(String properties) {
        Event event = EventJson.read(
                ("{\"v\":1,\"account\":\"demo\",\"type\":\"track\",\"event\":\"Ad Clicked\",\"messageId\":\"m\",\"userId\":\"u\","
                                + "\"timestamp\":\"2026-11-21T00:00:00Z\",\"receivedAt\":\"2026-11-21T00:00:00Z\",\"properties\":"
                                + properties + "}")
                        .getBytes(StandardCharsets.UTF_8));
        return NEEDS.keep(event).orElseThrow().details();
    }
}
