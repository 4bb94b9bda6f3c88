package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Promises: a message is needed exactly if a filter covers it, and what another store says always; of it only what rules test is kept, and of that no more than
 * the stated bounds, in a way that no test of a rule mistakes for the whole.
 */
class RuleNeedsTest {
    private static final RuleNeeds NEEDS =
            new RuleNeeds(new RuleSet("demo", 1, RuleSetJson.readSegments("""
                    {"segments":[
                      {"id":"a","kind":"live","when":{"count":{"name":"Ad Clicked","where":[{"property":"brand","exists":true},{"property":"tags","listContains":"x"}],"last":"P1D","atLeast":1}}},
                      {"id":"b","kind":"live","when":{"allOf":[{"event":{"type":"screen"}},{"trait":"country","equals":"US"}]}}]}""".getBytes(StandardCharsets.UTF_8))));

    @Test
    void aMessageIsNeededExactlyIfAFilterCoversIt() {
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
    void whatAnotherStoreSaysIsNeededByEveryRuleSetAndAnOccasionOnlyToThoseThatAskForIt() {
        RuleNeeds asksForNothing = needs("{\"count\":{\"name\":\"A\",\"last\":\"PT1M\",\"atLeast\":1}}");
        for (EventType type : List.of(EventType.USER_PROFILE, EventType.STATISTICS)) {
            assertThat(asksForNothing.needs(type, Optional.empty())).isTrue();
            assertThat(asksForNothing.isOccasion(type, Optional.empty())).isFalse();
            assertThat(new RuleNeeds(RuleSet.none("demo")).needs(type, Optional.empty()))
                    .isFalse();
        }
        assertThat(NEEDS.isOccasion(EventType.USER_PROFILE, Optional.empty())).isTrue();
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

    @Test
    void consentsPlacesAndArgumentsAreTraitsThatRulesAskFor() {
        assertThat(kept("{\"consent\":\"sms\"}", EventType.IDENTIFY)).containsOnlyKeys("consents");
        assertThat(kept("{\"near\":{\"postalCode\":\"02139\",\"miles\":1}}", EventType.IDENTIFY))
                .containsOnlyKeys("latitude", "longitude", "postalCode");
        assertThat(kept(
                        "{\"function\":\"textLength\",\"arguments\":[{\"trait\":\"country\"}],\"atLeast\":1}",
                        EventType.IDENTIFY))
                .containsOnlyKeys("country");
    }

    @Test
    void ofConsentsOnlyFlagsAreKept() {
        assertThat(kept("{\"consent\":\"sms\"}", EventType.IDENTIFY).get("consents"))
                .isEqualTo(new Value.Fields(Map.of("sms", Value.of(true))));
    }

    @Test
    void whatHistoryIsMadeOfIsKept() {
        assertThat(kept("{\"sum\":{\"property\":\"amount\",\"last\":\"P1D\",\"atLeast\":1}}", EventType.TRACK))
                .containsOnlyKeys("amount");
        assertThat(kept("{\"distinct\":{\"property\":\"brand\",\"ever\":true,\"atLeast\":1}}", EventType.TRACK))
                .containsOnlyKeys("brand");
        assertThat(kept(
                        "{\"sequence\":{\"first\":{\"name\":\"B\"},\"then\":{\"name\":\"A\",\"where\":[{\"property\":\"brand\",\"exists\":true}]},\"within\":\"P1D\",\"ever\":true}}",
                        EventType.TRACK))
                .containsOnlyKeys("brand");
    }

    @Test
    void anArgumentThatIsAPropertyIsKeptOfEveryNeededEvent() {
        assertThat(kept(
                        "{\"allOf\":[{\"event\":{\"name\":\"A\"}},{\"function\":\"textLength\",\"arguments\":[{\"property\":\"brand\"}],\"atLeast\":1}]}",
                        EventType.TRACK))
                .containsOnlyKeys("brand");
    }

    @Test
    void ofACountTheNewestThatItCanTellApartAreNeeded() {
        List<Occurrence> settled = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            settled.add(happened("e" + (1_000 + i), i));
        }

        assertThat(needs("{\"count\":{\"name\":\"A\",\"ever\":true,\"atLeast\":1}}")
                        .history(settled, at(300)))
                .isEqualTo(settled.subList(300 - 201, 300));
        assertThat(needs("{\"sum\":{\"property\":\"p\",\"ever\":true,\"atLeast\":1}}")
                        .history(settled, at(300)))
                .isEqualTo(settled);
        assertThat(needs("{\"count\":{\"name\":\"B\",\"ever\":true,\"atLeast\":1}}")
                        .history(settled, at(300)))
                .isEmpty();
    }

    @Test
    void aWindowNeedsWhatItCanStillReachAndNothingOlder() {
        List<Occurrence> settled = List.of(happened("a", 0), happened("b", 1), happened("c", 60));

        RuleNeeds lastMinute = needs("{\"count\":{\"name\":\"A\",\"last\":\"PT1M\",\"atLeast\":1}}");
        assertThat(lastMinute.history(settled, at(60))).isEqualTo(settled.subList(1, 3));
        assertThat(lastMinute.history(settled, at(60).minusMillis(1))).isEqualTo(settled);

        String day = "{\"count\":{\"name\":\"A\",\"from\":\"%s\",\"to\":\"2026-12-01\",\"atLeast\":1}}";
        assertThat(needs(day.formatted("2026-11-21")).history(settled, at(600))).isEqualTo(settled);
        assertThat(needs(day.formatted("2026-11-22")).history(settled, at(600))).isEmpty();
    }

    @Test
    void manyEventsAfterAWindowHasClosedTakeNothingFromIt() {
        List<Occurrence> inNovember = List.of(happened("a", 0), happened("b", 1));
        List<Occurrence> settled = Stream.concat(
                        inNovember.stream(),
                        IntStream.range(0, 2 * RuleLimits.MAX_COUNT)
                                .mapToObj(i -> happened("c%03d".formatted(i), 30 * 86_400 + i)))
                .toList();

        assertThat(needs("{\"count\":{\"name\":\"A\",\"from\":\"2026-11-01\",\"to\":\"2026-11-30\",\"atLeast\":2}}")
                        .history(settled, at(31 * 86_400)))
                .isEqualTo(inNovember);
    }

    @Test
    void aTestOfAPropertyIsTakenForPassedAndThenAllAreNeeded() {
        List<Occurrence> settled = IntStream.rangeClosed(0, RuleLimits.MAX_COUNT + 5)
                .mapToObj(i -> happened("a%03d".formatted(i), i))
                .toList();

        assertThat(needs("{\"count\":{\"name\":\"A\",\"ever\":true,\"atLeast\":1}}")
                        .history(settled, at(1_000)))
                .isEqualTo(settled.subList(5, settled.size()));
        assertThat(needs(
                                "{\"count\":{\"name\":\"A\",\"where\":[{\"property\":\"p\",\"equals\":1}],\"ever\":true,\"atLeast\":1}}")
                        .history(settled, at(1_000)))
                .isEqualTo(settled);
    }

    private static Occurrence happened(String id, int seconds) {
        return new Occurrence(id, EventType.TRACK, Optional.of("A"), at(seconds), at(seconds), Value.Fields.NONE);
    }

    private static Instant at(int seconds) {
        return Instant.parse("2026-11-21T12:00:00Z").plusSeconds(seconds);
    }

    private static RuleNeeds needs(String when) {
        return new RuleNeeds(new RuleSet(
                "demo",
                1,
                RuleSetJson.readSegments(("{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + when + "}]}")
                        .getBytes(StandardCharsets.UTF_8))));
    }

    /** What is kept of an event that has everything. */
    private static Map<String, Value> kept(String when, EventType type) {
        String traits = "{\"consents\":{\"sms\":true,\"email\":\"no\"},\"latitude\":1,\"longitude\":2,"
                + "\"postalCode\":\"02139\",\"country\":\"US\"}";
        String body = type == EventType.IDENTIFY
                ? "\"traits\":" + traits
                : "\"event\":\"A\",\"properties\":{\"brand\":\"x\",\"amount\":3,\"other\":1}";
        Event event = EventJson.read(("{\"v\":1,\"account\":\"demo\",\"type\":\"" + type.word()
                        + "\",\"messageId\":\"m\",\"userId\":\"u\","
                        + "\"timestamp\":\"2026-11-21T00:00:00Z\",\"receivedAt\":\"2026-11-21T00:00:00Z\"," + body
                        + "}")
                .getBytes(StandardCharsets.UTF_8));
        return needs(when).keep(event).orElseThrow().details().fields();
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
