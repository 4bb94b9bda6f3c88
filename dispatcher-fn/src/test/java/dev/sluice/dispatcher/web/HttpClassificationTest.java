package dev.sluice.dispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.Classification;
import dev.sluice.model.LineBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the classifier's client promises:
 *
 * <ul>
 *   <li>it sends the lines compressed, in order, and reads which are to come again or to be set aside;
 *   <li>whatever is not a full answer in time, accounting for every line once, means that no line is done;
 *   <li>a request that the classifier refuses, and one over which it fails, are told from a classifier that is away;
 *   <li>it comes back within its timeout, at whatever point the classifier hangs.
 * </ul>
 */
class HttpClassificationTest {
    /** Of a client that waits for an answer which comes, however slow the machine is. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final List<byte[]> LINES = List.of(utf8("{\"a\":1}"), utf8("{\"b\":2}"), utf8("{\"c\":3}"));

    private final StandInClassifier classifier = new StandInClassifier();
    private final HttpClassification client = new HttpClassification(classifier.address(), PATIENCE);

    HttpClassificationTest() throws IOException {}

    @AfterEach
    void stop() {
        client.close();
        classifier.close();
    }

    @Test
    void theLinesAreSentCompressedAndTheAnswerIsRead() {
        classifier.answers(200, """
                {"v":1,"classified":1,"ignored":0,"retry":[2],"setAside":[{"index":0,"code":"bad","message":"no"}],"x":1}""");

        assertThat(client.classify(LINES))
                .isEqualTo(new Classification.Classified(
                        Set.of(2), List.of(new Classification.Hopeless(0, "bad", "no")), Map.of()));
        StandInClassifier.Request request = classifier.request();
        assertThat(List.of(request.method(), request.path(), request.type(), request.encoding()))
                .containsExactly("POST", "/v1/classifications", "application/x-ndjson", "gzip");
        assertThat(LineBatch.decode(request.body(), 1000)).containsExactlyElementsOf(LINES);
    }

    @Test
    void theRuleSetsByWhichItJudgedAreRead() {
        classifier.answers(200, """
                {"v":1,"classified":3,"ignored":0,"retry":[],"setAside":[],"ruleSets":{"demo":7,"other":0}}""");

        assertThat(client.classify(LINES))
                .isEqualTo(new Classification.Classified(Set.of(), List.of(), Map.of("demo", 7, "other", 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRequestThatIsRefusedIsToldFromAClassifierThatIsAway(int status) {
        classifier.answers(status, "");

        assertThat(client.classify(LINES)).isEqualTo(new Classification.Refused("the classifier answered " + status));
    }

    @Test
    void soIsOneOverWhichTheClassifierFailed() {
        classifier.answers(500, "");

        assertThat(client.classify(LINES)).isEqualTo(new Classification.Failed("the classifier answered 500"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 401, 403, 404, 405, 408, 415, 425, 429, 502, 503, 504})
    void anyOtherStatusMeansThatNoLineIsDone(int status) {
        classifier.answers(status, "");

        assertThat(client.classify(LINES))
                .isEqualTo(new Classification.Unavailable("the classifier answered " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "[]",
                "{\"v\":2,\"classified\":3,\"ignored\":0,\"retry\":[],\"setAside\":[]}",
                "{\"v\":1,\"retry\":[],\"setAside\":[]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[3],\"setAside\":[]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[-1],\"setAside\":[]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[0.5],\"setAside\":[]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[\"0\"],\"setAside\":[]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[],\"setAside\":[{\"index\":0}]}",
                "{\"v\":1,\"classified\":2,\"ignored\":0,\"retry\":[],\"setAside\":[]}",
                "{\"v\":1,\"classified\":3,\"ignored\":1,\"retry\":[],\"setAside\":[]}",
                "{\"v\":1,\"classified\":3,\"ignored\":0,\"retry\":[2],\"setAside\":[]}",
                "{\"v\":1,\"classified\":1,\"ignored\":0,\"retry\":[2,2],\"setAside\":[]}",
                "{\"v\":1,\"classified\":3,\"ignored\":0,\"retry\":[],\"setAside\":[],\"ruleSets\":{\"demo\":-1}}",
                "{\"v\":1,\"classified\":3,\"ignored\":0,\"retry\":[],\"setAside\":[],\"ruleSets\":{\"demo\":1e12}}",
                "{\"v\":1,\"classified\":3,\"ignored\":0,\"retry\":[],\"setAside\":[],\"ruleSets\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1}}",
                "{\"v\":1,\"classified\":3,\"ignored\":0,\"retry\":[],\"setAside\":[],\"ruleSets\":[]}",
                "{\"v\":1,\"classified\":4,\"ignored\":-1,\"retry\":[],\"setAside\":[]}",
                "{\"v\":1,\"classified\":1,\"ignored\":0,\"retry\":[2],\"setAside\":[{\"index\":2,\"code\":\"c\",\"message\":\"m\"}]}",
            })
    void anAnswerThatIsNotUnderstoodMeansThatNoLineIsDone(String body) {
        classifier.answers(200, body);

        assertThat(client.classify(LINES)).isInstanceOf(Classification.Unavailable.class);
    }

    @Test
    void anAnswerThatDoesNotEndIsNotReadToTheEnd() {
        classifier.answers(200, "[" + " ".repeat(5 << 20));

        assertThat(client.classify(LINES)).isInstanceOf(Classification.Unavailable.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StandInClassifier.Hang.class,
            names = {"BEFORE_HEADERS", "IN_BODY"})
    void aClassifierThatHangsIsLeftAfterTheTimeout(StandInClassifier.Hang hang) {
        // It hangs for ever, so coming back at all is what the timeout does.
        classifier.hangs(hang);
        try (var impatient = new HttpClassification(classifier.address(), Duration.ofMillis(300))) {
            assertThat(impatient.classify(LINES)).isInstanceOf(Classification.Unavailable.class);
        }
    }

    @Test
    void aClassifierThatIsNotThereIsUnavailable() throws IOException {
        try (var nobody = new Nobody();
                var alone = new HttpClassification(nobody.address(), PATIENCE)) {
            assertThat(alone.classify(LINES)).isInstanceOf(Classification.Unavailable.class);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
