package dev.sluice.tracker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: what is kept can be read by the model and says what the client said; our own fields are ours; each reason
 * has its code; a batch's common parts reach every event.
 */
final class IntakeTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.500Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final Limits LIMITS = new Limits(64 << 10, 4096, 3, 10);

    private final Intake intake = new Intake(
            FixedSources.of(List.of("key=demo"), LIMITS),
            LIMITS,
            new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60)),
            "10.0.0.7",
            () -> "fresh");

    @Test
    void theStoredFormBeginsWithOurFieldsAndCopiesTheRest() {
        String line = kept(
                track(
                        "{\"v\":9,\"account\":\"evil\",\"slot\":1,\"node\":\"x\",\"receivedAt\":\"x\",\"writeKey\":\"k\","
                                + "\"event\":\"Card Played\",\"userId\":\"u1\",\"messageId\":\"m1\",\"type\":\"page\","
                                + "\"properties\":{\"coins\":1.50,\"word\":\"\uD83C\uDCCF\",\"list\":[1,{\"a\":null}]},\"own\":true}"));

        assertThat(line)
                .isEqualTo(
                        "{\"v\":1,\"account\":\"demo\",\"slot\":" + slotOf(line)
                                + ",\"type\":\"track\",\"messageId\":\"m1\",\"event\":\"Card Played\",\"userId\":\"u1\","
                                + "\"timestamp\":\"2026-11-21T12:00:00.500Z\",\"originalTimestamp\":\"2026-11-21T12:00:00.500Z\","
                                + "\"receivedAt\":\"2026-11-21T12:00:00.500Z\",\"node\":\"10.0.0.7\",\"traceparent\":\""
                                + TRACE
                                + "\",\"properties\":{\"coins\":1.50,\"word\":\"\uD83C\uDCCF\",\"list\":[1,{\"a\":null}]},\"own\":true}");
    }

    @Test
    void anEventWithoutAnIdGetsOne() {
        assertThat(event(track("{\"event\":\"A\",\"userId\":\"u1\"}")).id()).isEqualTo("fresh");
    }

    @Test
    void originalTimestampComesBeforeTimestampAndIsCorrected() {
        Event event = event(track("{\"event\":\"A\",\"userId\":\"u1\",\"timestamp\":\"2001-01-01T00:00:00Z\","
                + "\"originalTimestamp\":\"2026-11-21T13:00:00.000+01:00\",\"sentAt\":\"2026-11-21T11:50:00.500Z\"}"));

        assertThat(event.timestamp())
                .isEqualTo(
                        Instant.parse("2026-11-21T12:10:00Z").minusSeconds(600).plusMillis(500));
    }

    @Test
    void aBatchsContextGoesUnderEachEventsOwn() {
        var judged = judged(
                Optional.empty(),
                "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u1\",\"context\":{\"ip\":\"own\"}},"
                        + "{\"type\":\"track\",\"event\":\"B\",\"userId\":\"u1\"}],\"context\":{\"ip\":\"common\",\"os\":{\"n\":1}}}");

        assertThat(line(judged.verdicts().get(0))).endsWith(",\"context\":{\"ip\":\"own\",\"os\":{\"n\":1}}}");
        assertThat(line(judged.verdicts().get(1))).endsWith(",\"context\":{\"ip\":\"common\",\"os\":{\"n\":1}}}");
    }

    @Test
    void sentAtAfterTheBatchCorrectsAllItsEvents() {
        var judged = judged(
                Optional.empty(),
                "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u1\",\"timestamp\":\"2026-11-21T10:00:00.500Z\","
                        + "\"sentAt\":\"2026-11-21T12:00:00.500Z\"}],\"sentAt\":\"2026-11-21T11:00:00.500Z\"}");

        assertThat(EventJson.read(line(judged.verdicts().getFirst()).getBytes(StandardCharsets.UTF_8))
                        .timestamp())
                .isEqualTo(Instant.parse("2026-11-21T11:00:00.500Z"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'event':'A'} | missing_person",
                "{'event':'A','userId':''} | missing_person",
                "{'event':'A','userId':'anonymous:x'} | bad_person",
                "{'event':'A','userId':'a\\u0000b'} | bad_person",
                "{'event':'A','userId':5} | bad_field",
                "{'userId':'u'} | missing_event",
                "{'event':'A','userId':'u','properties':[]} | bad_field",
                "{'event':'A','userId':'u','traits':'x'} | bad_field",
                "{'event':'A','userId':'u','context':7} | bad_field",
                "{'event':'A','userId':'u','timestamp':'2026-11-21'} | bad_timestamp",
                "{'event':'A','userId':'u','timestamp':'1969-12-31T23:59:59Z'} | bad_timestamp",
                "{'event':'A','userId':'u','x':'\\ud800'} | bad_text",
                "{'event':'A','userId':'u','n':1e65} | bad_number",
                "{'event':'A','userId':'u','n':123456789012345678901234567890123456789} | bad_number",
                "{'event':'A','userId':'u','p':{'a':1,'a':2}} | duplicate_key",
                "{'event':'A','userId':'u','p':[[[[[[[[[[1]]]]]]]]]]} | too_deep",
            })
    void eachReasonHasItsCode(String body, String code) {
        assertThat(refused(track(body.replace('\'', '"'))).code()).isEqualTo(code);
    }

    @Test
    void theDeepestAndLongestAllowedAreReadByTheModel() {
        assertThat(event(track("{\"event\":\"A\",\"userId\":\"u\",\"p\":[[[[[[[[[1]]]]]]]]]}"))
                        .id())
                .isEqualTo("fresh");
        assertThat(event(
                                track(
                                        "{\"event\":\"A\",\"userId\":\"u\",\"n\":-1.5E+60,\"m\":12345678901234567890123456789012345678}"))
                        .id())
                .isEqualTo("fresh");
    }

    /** Around both borders, written in many ways: here and in the reader of stored events the answer is the same. */
    @ParameterizedTest
    @MethodSource("numbersAroundTheBorder")
    void aNumberIsKeptExactlyIfTheModelCanReadIt(String number) {
        boolean readable = isReadable("{\"n\":" + number + "}");

        Judgement judgement = track("{\"event\":\"A\",\"userId\":\"u\",\"properties\":{\"n\":" + number + "}}");

        if (readable) {
            assertThat(event(judgement).id()).isEqualTo("fresh");
        } else {
            assertThat(refused(judgement).code()).isEqualTo("bad_number");
        }
    }

    static Stream<String> numbersAroundTheBorder() {
        Stream<String> byExponent = Stream.of("1", "-1", "10", "100", "0", "0.0", "1.0", "0.1", "0.10", "12", "1.2")
                .flatMap(digits -> Stream.of(-67, -66, -65, -64, -63, -62, 62, 63, 64, 65, 66)
                        .map(exponent -> digits + "e" + exponent));
        Stream<String> byDigits = Stream.of(36, 37, 38, 39)
                .flatMap(digits -> Stream.of("", "0", "00", ".0", ".5", ".50", "e20", "0e20")
                        .map(end -> "9".repeat(digits) + end));
        Stream<String> byLength = Stream.of(107, 108, 109, 110, 111)
                .flatMap(zeros -> Stream.of("", "e-60", "e-50", ".0e-50").map(end -> "1" + "0".repeat(zeros) + end));
        Stream<String> absurd = Stream.of("1e2147483647", "10e2147483647", "1e-2147483647", "0e99999", "0e2147483647");
        return Stream.of(byExponent, byDigits, byLength, absurd).flatMap(numbers -> numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100e2147483647", "1e99999999999", "0.1e-2147483647"})
    void anExponentBeyondAnyNumberIsRefused(String number) {
        assertThat(refused(track("{\"event\":\"A\",\"userId\":\"u\",\"n\":" + number + "}"))
                        .code())
                .isEqualTo("bad_number");
    }

    private static boolean isReadable(String json) {
        try {
            JsonText.read(json.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void anEventThatIsTooLargeAndOneThatIsNoObjectSpoilNoOther() {
        var judged = judged(
                Optional.empty(),
                "{\"batch\":[17,{\"type\":\"track\",\"event\":\"" + "x".repeat(5000) + "\",\"userId\":\"u\"},"
                        + "{\"type\":\"identify\",\"userId\":\"u\"}]}");

        assertThat(code(judged.verdicts().get(0))).isEqualTo("not_an_object");
        assertThat(code(judged.verdicts().get(1))).isEqualTo("event_too_large");
        assertThat(judged.verdicts().get(2)).isInstanceOf(Verdict.Kept.class);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | missing_batch",
                "{'batch':[]} | empty_batch",
                "{'batch':{}} | bad_field",
                "{'batch':[{},{},{},{}]} | too_many_events",
                "{'batch':[{}],'batch':[{}]} | duplicate_key",
                "{'batch':[{}],'sentAt':'x'} | bad_timestamp",
                "{'batch':[{}],'context':[]} | bad_field",
                "{'batch':[{}],'context':{'a':1,'a':2}} | duplicate_key",
                "{'batch':[{}]} {} | invalid_json",
                "{'batch':[{} | invalid_json",
                "nonsense | invalid_json",
                "{'batch':[{'\\udc00':1}]} | invalid_json",
            })
    void aBodyThatCannotBeTakenApartIsRefusedWhole(String body, String code) {
        assertThat(judge(Optional.empty(), body.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        Judgement.Unreadable.class,
                        whole -> assertThat(whole.problem().code()).isEqualTo(code));
    }

    @Test
    void anOverlongUtf8FormIsRefused() {
        byte[] body = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};

        Judgement judgement = intake.judge(envelope(Optional.empty()), body);

        assertThat(judgement).isInstanceOf(Judgement.Unreadable.class);
    }

    @Test
    void theRefusedBytesAreTheEventsOwn() {
        var judged = judged(Optional.empty(), "{\"batch\":[ {\"type\":\"x\"} ,{\"a\":\"ä\"}]}");

        assertThat(judged.verdicts())
                .extracting(verdict -> new String(((Verdict.Refused) verdict).bytes(), StandardCharsets.UTF_8))
                .containsExactly("{\"type\":\"x\"}", "{\"a\":\"ä\"}");
    }

    @Test
    void whatTheWidestLimitsLetInEveryReaderTakes() {
        var widest = new Limits(16 << 20, Limits.MAX_EVENT_BYTES, 1, Limits.MAX_DEPTH);
        var tolerant = new Intake(
                FixedSources.of(List.of("key=demo"), widest),
                widest,
                new ClockCorrection(Duration.ZERO, Duration.ZERO),
                "10.0.0.7",
                () -> "fresh");
        String deepest = "{\"b\":" + "[".repeat(Limits.MAX_DEPTH - 1) + "]".repeat(Limits.MAX_DEPTH - 1);
        String event = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"context\":{\"a\":\""
                + "x".repeat(Limits.MAX_EVENT_BYTES - 60) + "\"}}";
        String body = "{\"context\":" + deepest + ",\"c\":\"" + "x".repeat(Limits.MAX_EVENT_BYTES - 80)
                + "\"},\"batch\":[" + event + "]}";

        byte[] line = line(((Judgement.Judged)
                                tolerant.judge(envelope(Optional.empty()), body.getBytes(StandardCharsets.UTF_8)))
                        .verdicts()
                        .getFirst())
                .getBytes(StandardCharsets.UTF_8);

        assertThat(event.length()).isEqualTo(Limits.MAX_EVENT_BYTES);
        assertThat(line.length).isBetween(700_000, 800_000);
        assertThat(EventJson.read(line).id()).isEqualTo("fresh");
    }

    private Judgement track(String body) {
        return judge(Optional.of(EventType.TRACK), body);
    }

    private Judgement judge(Optional<EventType> single, String body) {
        return intake.judge(envelope(single), body.getBytes(StandardCharsets.UTF_8));
    }

    private Judgement.Judged judged(Optional<EventType> single, String body) {
        return (Judgement.Judged) judge(single, body);
    }

    private static Envelope envelope(Optional<EventType> single) {
        return new Envelope(single, Optional.of("key"), RECEIVED, TRACE);
    }

    private static Problem refused(Judgement judgement) {
        return ((Verdict.Refused) ((Judgement.Judged) judgement).verdicts().getFirst()).problem();
    }

    private static String code(Verdict verdict) {
        return ((Verdict.Refused) verdict).problem().code();
    }

    private static String kept(Judgement judgement) {
        return line(((Judgement.Judged) judgement).verdicts().getFirst());
    }

    private static Event event(Judgement judgement) {
        return EventJson.read(kept(judgement).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Verdict verdict) {
        return new String(((Verdict.Kept) verdict).event().line(), StandardCharsets.UTF_8);
    }

    private static int slotOf(String line) {
        return dev.sluice.model.Ring.slot(
                EventJson.read(line.getBytes(StandardCharsets.UTF_8)).key());
    }
}
