package dev.sluice.tracker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: whatever times a request carries, alone or for a whole batch, its events are kept with a time from 1970 to
 * 9999 or refused as bad_timestamp; an event that states no time happened when it was received; what a library said when
 * it queued a request moves no event forward.
 */
final class EventTimeTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.500Z");

    private static final Instant HAPPENED = Instant.parse("2026-11-21T01:59:00Z");

    private static final Limits LIMITS = new Limits(64 << 10, 4096, 5, 10);

    private final Intake intake = new Intake(
            FixedSources.of(List.of("key=demo"), LIMITS),
            LIMITS,
            new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60)),
            "10.0.0.7",
            () -> "fresh");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-999999999-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00+18:00",
                "+999999999-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59.999999999-18:00",
                "1969-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "yesterday",
            })
    void aTimeOutOfBoundsIsRefusedWhereverItStands(String time) {
        assertThat(refused(single(stated("timestamp", time)))).isEqualTo("bad_timestamp");
        assertThat(refused(single(stated("originalTimestamp", time)))).isEqualTo("bad_timestamp");
        assertThat(refused(single(stated("sentAt", time)))).isEqualTo("bad_timestamp");
        assertThat(judge(
                        Optional.empty(),
                        "{'batch':[{'type':'track','event':'A','userId':'u'}]," + stated("sentAt", time) + "}"))
                .isInstanceOfSatisfying(
                        Judgement.Unreadable.class,
                        whole -> assertThat(whole.problem().code()).isEqualTo("bad_timestamp"));
    }

    @Test
    void theBoundsThemselvesAreKept() {
        assertThat(kept(single(stated("timestamp", "1970-01-01T00:00:00Z"))).timestamp())
                .isEqualTo(Instant.EPOCH);
        assertThat(kept(single(stated("timestamp", "9999-12-31T23:59:59.999Z"))).timestamp())
                .isEqualTo(RECEIVED);
    }

    @Test
    void aTimeThatTheCorrectionMovesBefore1970IsRefused() {
        String farAhead = stated("sentAt", "9999-12-31T23:59:59.999Z");

        assertThat(refused(single(stated("timestamp", "2026-11-21T12:00:00Z") + "," + farAhead)))
                .isEqualTo("bad_timestamp");
    }

    @Test
    void withoutATimeAnEventHappenedWhenItWasReceivedWhateverTheClientsClockSays() {
        List<Judgement> judgements = Stream.of("2026-11-21T06:00:00Z", "2026-11-22T06:00:00Z", "1970-01-01T00:00:00Z")
                .map(sentAt -> stated("sentAt", sentAt))
                .flatMap(sentAt -> Stream.of(
                        single(sentAt),
                        judge(
                                Optional.empty(),
                                "{'batch':[{'type':'track','event':'A','userId':'u'}]," + sentAt + "}")))
                .toList();

        assertThat(judgements)
                .hasSize(6)
                .allSatisfy(judgement -> assertThat(kept(judgement).timestamp()).isEqualTo(RECEIVED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"analytics-kotlin", "analytics-swift", "Analytics-CSharp", "analytics-java", "analytics-go"})
    void aRequestThatWaitedOnADeviceThatWasOfflineMovesNothing(String library) {
        String hoursAgo = stated("sentAt", "2026-11-21T02:00:00Z");

        assertThat(kept(batch(hoursAgo, own(library))).timestamp()).isEqualTo(HAPPENED);
        assertThat(kept(batch(hoursAgo + "," + own(library), "'x':1")).timestamp())
                .isEqualTo(HAPPENED);
        assertThat(kept(single(stated("timestamp", HAPPENED.toString()) + "," + hoursAgo + "," + own(library)))
                        .timestamp())
                .isEqualTo(HAPPENED);
        assertThat(line(batch(hoursAgo, own(library)))).contains("\"sentAt\":\"2026-11-21T02:00:00Z\"");
    }

    @Test
    void aClockThatIsAheadIsCorrectedWhoeverSaysSo() {
        String anHourAhead = stated("sentAt", "2026-11-21T13:00:00.500Z");

        assertThat(kept(batch(anHourAhead, own("analytics-kotlin"))).timestamp())
                .isEqualTo(HAPPENED.minusSeconds(3600));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'context':{'library':{'name':'@segment/analytics-react-native'}}",
                "'context':{'library':{'name':'analytics-kotlin-2'}}",
                "'context':{'library':{'name':7}}",
                "'context':{'library':'analytics-kotlin'}",
                "'context':{'library':null}",
                "'context':{'name':'analytics-kotlin'}",
                "'context':null",
                "'x':1"
            })
    void aClockThatIsBehindIsCorrectedForAllOthers(String fields) {
        assertThat(kept(batch(stated("sentAt", "2026-11-21T11:00:00.500Z"), fields))
                        .timestamp())
                .isEqualTo(HAPPENED.plusSeconds(3600));
    }

    @Test
    void anEventsOwnLibraryCountsBeforeTheBatchs() {
        String anHourAgo = stated("sentAt", "2026-11-21T11:00:00.500Z");

        assertThat(kept(batch(anHourAgo + "," + own("analytics-java"), own("analytics.js")))
                        .timestamp())
                .isEqualTo(HAPPENED.plusSeconds(3600));
        assertThat(kept(batch(anHourAgo + "," + own("analytics.js"), own("analytics-java")))
                        .timestamp())
                .isEqualTo(HAPPENED);
    }

    @Test
    void eachEventOfABatchIsJudgedByItsOwnLibrary() {
        Judgement judgement = batch(
                stated("sentAt", "2026-11-21T11:00:00.500Z"),
                own("analytics-java"),
                own("analytics-java"),
                "'x':1",
                own("analytics.js"),
                own("analytics-java"));

        Instant moved = HAPPENED.plusSeconds(3600);
        assertThat(((Judgement.Judged) judgement).verdicts())
                .extracting(verdict ->
                        EventJson.read(((Verdict.Kept) verdict).event().line()).timestamp())
                .containsExactly(HAPPENED, HAPPENED, moved, moved, HAPPENED);
    }

    private Judgement batch(String ofBatch, String... ofEvents) {
        return judge(
                Optional.empty(),
                Stream.of(ofEvents)
                        .map(ofEvent -> "{'type':'track','event':'A','userId':'u',"
                                + stated("timestamp", HAPPENED.toString()) + "," + ofEvent + "}")
                        .collect(Collectors.joining(",", "{" + ofBatch + ",'batch':[", "]}")));
    }

    private static String own(String library) {
        return "'context':{'app':{'name':'game'},'library':{'version':'1.2.3','name':'" + library + "'},'n':[1,2]}";
    }

    private Judgement single(String fields) {
        return judge(Optional.of(EventType.TRACK), "{'event':'A','userId':'u'," + fields + "}");
    }

    private Judgement judge(Optional<EventType> single, String body) {
        var envelope = new Envelope(single, Optional.of("key"), RECEIVED, "00-1-1-01");
        return intake.judge(envelope, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String stated(String field, String time) {
        return "'" + field + "':'" + time + "'";
    }

    private static String refused(Judgement judgement) {
        return ((Verdict.Refused) verdict(judgement)).problem().code();
    }

    private static Event kept(Judgement judgement) {
        return EventJson.read(((Verdict.Kept) verdict(judgement)).event().line());
    }

    private static String line(Judgement judgement) {
        return new String(((Verdict.Kept) verdict(judgement)).event().line(), StandardCharsets.UTF_8);
    }

    private static Verdict verdict(Judgement judgement) {
        return ((Judgement.Judged) judgement).verdicts().getFirst();
    }
}
