package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: kept events come back as they were, and as reading the whole text into a tree finds them; what is not an event is
 * refused by its field, and no part of the text is told.
 */
class OccurrenceJsonTest {
    @Test
    void whatIsWrittenIsReadBackAndIsWhatATreeHolds() {
        var random = new SplittableRandom(20_261_121);
        for (int round = 0; round < 500; round++) {
            List<Occurrence> events = events(random);
            byte[] json = RecentJson.write(new Recent(1, FoldState.START, events, FoldState.START, Optional.empty()));

            assertThat(RecentJson.read(json).events()).isEqualTo(events);
            assertThat(ofTree((Value.Many)
                            JsonText.readObject(json).find("events").orElseThrow()))
                    .isEqualTo(events);
        }
    }

    @Test
    void timesMayBeSmallOrWrittenOtherwiseAndUnknownFieldsAndNullsArePassedOver() {
        assertThat(
                        read(
                                "[{\"at\":5,\"received\":1e3,\"id\":\"a\",\"type\":\"track\",\"name\":null,\"more\":{\"x\":[1]}}]"))
                .containsExactly(new Occurrence(
                        "a",
                        EventType.TRACK,
                        Optional.empty(),
                        Instant.ofEpochMilli(5),
                        Instant.ofEpochMilli(1_000),
                        Value.Fields.NONE));
        assertThat(read("null")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{}]",
                "[{\"id\":1}]",
                "[{\"id\":\"a\",\"type\":\"secret\"}]",
                "[{\"id\":\"a\",\"type\":\"track\",\"at\":\"secret\",\"received\":1}]",
                "[{\"id\":\"a\",\"type\":\"track\",\"at\":0.5,\"received\":1}]",
                "[{\"id\":\"a\",\"type\":\"track\",\"at\":99999999999999999999,\"received\":1}]",
                "[{\"id\":\"a\",\"type\":\"track\",\"at\":1}]",
                "[{\"id\":\"a\",\"type\":\"track\",\"at\":1,\"received\":1,\"details\":[\"secret\"]}]",
                "[{\"id\":\"a\",\"id\":\"secret\"}]",
                "[{\"id\":\"secret\"",
                "[[]]",
                "[[1,[\"track\"],1,1]]",
                "[[\"a\",[\"secret\"],1,1]]",
                "[[\"a\",[\"track\",1],1,1]]",
                "[[\"a\",[\"track\",\"n\",\"secret\"],1,1]]",
                "[[\"a\",0,1,1]]",
                "[[\"a\",[\"track\"],1,1],[\"b\",1,1,1]]",
                "[[\"a\",[\"track\"],1,1],[\"b\",-1,1,1]]",
                "[[\"a\",\"track\",1,1]]",
                "[[\"a\",[\"track\"],0.5,1]]",
                "[[\"a\",[\"track\"],99999999999999999999,1]]",
                "[[\"a\",[\"track\"],9223372036854775807,1]]",
                "[[\"a\",[\"track\"],1]]",
                "[[\"a\",[\"track\"],1,1,[\"secret\"]]]",
                "[[\"a\",[\"track\"],1,1,{},5]]",
                "[[\"a\",[\"track\"],1,1,{},\"secret\",1]]",
                "[] 1"
            })
    void whatIsNoEventIsRefused(String events) {
        assertThatThrownBy(() -> read(events))
                .isInstanceOf(MalformedException.class)
                .hasMessageNotContaining("secret");
    }

    private static List<Occurrence> read(String events) {
        String json = "{\"v\":1,\"ruleSet\":1,\"base\":{},\"head\":{},\"events\":" + events + "}";
        return RecentJson.read(json.getBytes(StandardCharsets.UTF_8)).events();
    }

    private static List<Occurrence> ofTree(Value.Many tree) {
        List<Occurrence> events = new ArrayList<>();
        List<Value.Many> kinds = new ArrayList<>();
        long before = 0;
        for (Value element : tree.values()) {
            List<Value> parts = ((Value.Many) element).values();
            if (parts.get(1) instanceof Value.Many first) {
                kinds.add(first);
            }
            List<Value> kind = parts.get(1) instanceof Value.Many told
                    ? told.values()
                    : kinds.get((int) whole(parts.get(1))).values();
            long at = before + whole(parts.get(2));
            events.add(new Occurrence(
                    text(parts.get(0)),
                    EventType.ofWord(text(kind.get(0))).orElseThrow(),
                    kind.stream().skip(1).findFirst().map(OccurrenceJsonTest::text),
                    Instant.ofEpochMilli(at),
                    Instant.ofEpochMilli(at + whole(parts.get(3))),
                    parts.size() > 4 ? (Value.Fields) parts.get(4) : Value.Fields.NONE,
                    parts.stream().skip(5).findFirst().map(OccurrenceJsonTest::text)));
            before = at;
        }
        return events;
    }

    private static long whole(Value value) {
        return ((Value.Decimal) value).number().longValueExact();
    }

    private static String text(Value value) {
        return ((Value.Text) value).text();
    }

    private static List<Occurrence> events(SplittableRandom random) {
        List<Occurrence> events = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Optional<String> name =
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of("näme \"" + random.nextInt(2));
            var details = new Value.Fields(
                    random.nextBoolean() ? Map.of() : Map.of("n", Value.of(random.nextInt(9)), "t", Value.of("é\n")));
            EventType type = EventType.values()[random.nextInt(EventType.values().length)];
            var event = new Occurrence(
                    "id-" + i,
                    type,
                    name,
                    Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                    Instant.ofEpochMilli(random.nextInt(1_000)),
                    details);
            events.add(random.nextInt(5) == 0 ? event.sentBy("anonymous:a") : event);
        }
        return events;
    }
}
