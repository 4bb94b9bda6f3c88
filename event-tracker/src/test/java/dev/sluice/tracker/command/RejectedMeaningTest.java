package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise: what is refused, corrected and replayed is stored as it would have been, had it been good at once, with all that its
 * batch says for it.
 */
final class RejectedMeaningTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Limits LIMITS = new Limits(64 << 10, 4096, 3, 10);
    private static final List<String> OF_THE_REQUEST = List.of("receivedAt", "sentAt", "originalTimestamp");

    private final Intake intake = new Intake(
            FixedSources.of(List.of("key=demo"), LIMITS),
            LIMITS,
            new ClockCorrection(Duration.ofMinutes(1), Duration.ofMinutes(1)),
            "10.0.0.7",
            () -> "fresh");

    /** Each with an event whose user is 7 first, and "7" once it is corrected. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'context':{'app':{'name':'a'},'device':{'id':'d'}},'batch':[{E,'context':{'locale':'de'}}]}",
                "{'context':{'app':{'name':'a','v':1},'locale':'en'},'batch':[{E,'context':{'app':{'v':2},'ip':null}}]}",
                "{'context':{'ip':'1.2.3.4','os':null},'batch':[{E,'context':{'ip':null,'os':{'n':1}}}]}",
                "{'context':{'app':{'name':'a'}},'batch':[{E,'context':null}]}",
                "{'context':{'app':{'name':'a'}},'batch':[{E}]}",
                "{'context':{},'batch':[{E,'context':{'locale':'de'}}]}",
                "{'context':null,'batch':[{E,'context':{}}]}",
                "{'sentAt':'2026-11-21T11:00:00Z','batch':[{E,'sentAt':'2026-11-21T10:00:00Z'}]}",
                "{'sentAt':'2026-11-21T11:00:00Z','batch':[{E}]}",
                "{'context':{'ip':'1.2.3.4'},'batch':[{E,'sentAt':'2026-11-21T10:00:00Z'}]}",
                "{'batch':[{E,'sentAt':'2026-11-21T10:00:00Z'}]}",
                "{'batch':[{E}]}",
            })
    void anEventOfABatchIsWhatItWouldHaveBeen(String form) {
        String body = form.replace(
                        "E",
                        "'type':'track','event':'A','messageId':'m','userId':7," + "'timestamp':'2026-11-21T09:59:00Z'")
                .replace('\'', '"');

        assertThat(replayed(rejected(Optional.empty(), body))).isEqualTo(stored(Optional.empty(), corrected(body)));
        assertThat(replayed(refusedWhole("invalid_json", body))).isEqualTo(stored(Optional.empty(), corrected(body)));
    }

    @Test
    void anEventThatCameByItselfIsWhatItWouldHaveBeen() {
        String body = "{\"event\":\"A\",\"messageId\":\"m\",\"userId\":7,\"timestamp\":\"2026-11-21T09:59:00Z\","
                + "\"sentAt\":\"2026-11-21T10:00:00Z\",\"context\":{\"locale\":\"de\"}}";
        Optional<EventType> track = Optional.of(EventType.TRACK);

        assertThat(replayed(rejected(track, body))).isEqualTo(stored(track, corrected(body)));
    }

    @Test
    void aBodyThatIsNoBatchKeepsWhatItSays() {
        Value.Fields shown = JsonText.readObject(CorrectableLine.of(new RejectedInput.Found(
                "id", refusedWhole("missing_batch", "{\"sentAt\":\"2026-11-21T10:00:00Z\",\"events\":[]}"))));

        assertThat(shown.inner("body").text("sentAt")).isEqualTo("2026-11-21T10:00:00Z");
    }

    private static String corrected(String body) {
        return body.replace("\"userId\":7", "\"userId\":\"7\"");
    }

    private RejectedEvent rejected(Optional<EventType> single, String body) {
        var refused = (Verdict.Refused) judged(single, body, RECEIVED);
        return new RejectedEvent(
                "demo",
                refused.problem().code(),
                refused.problem().message(),
                RECEIVED,
                "10.0.0.7",
                single.map(EventType::word).orElse(""),
                refused.batch().sentAt(),
                refused.batch().context(),
                refused.bytes());
    }

    private static RejectedEvent refusedWhole(String code, String body) {
        return new RejectedEvent("demo", code, "", RECEIVED, "10.0.0.7", RejectedUnderTest.bytes(body));
    }

    private Value.Fields replayed(RejectedEvent event) {
        String exported = new String(CorrectableLine.of(new RejectedInput.Found("id", event)), StandardCharsets.UTF_8);
        Value.Fields sent = CorrectableLine.read(RejectedUnderTest.bytes(corrected(exported)))
                .events()
                .getFirst();
        String request = "{\"batch\":[" + new String(JsonText.write(sent), StandardCharsets.UTF_8) + "]}";
        return meaning(judged(Optional.empty(), request, RECEIVED.plus(Duration.ofDays(2))));
    }

    private Value.Fields stored(Optional<EventType> single, String body) {
        return meaning(judged(single, body, RECEIVED));
    }

    private Verdict judged(Optional<EventType> single, String body, Instant at) {
        var envelope = new Envelope(single, Optional.of("key"), at, "trace");
        var judged = (Judgement.Judged) intake.judge(envelope, RejectedUnderTest.bytes(body));
        return judged.verdicts().getFirst();
    }

    private static Value.Fields meaning(Verdict verdict) {
        Value.Fields event =
                JsonText.readObject(((Verdict.Kept) verdict).event().line());
        for (String name : OF_THE_REQUEST) {
            event = event.with(name, Value.NOTHING);
        }
        return event;
    }
}
