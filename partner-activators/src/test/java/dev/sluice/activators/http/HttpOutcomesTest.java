package dev.sluice.activators.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of what HTTP says of a call:
 *
 * <ul>
 *   <li>the status decides, and a page of HTML changes nothing
 *   <li>only what was not sent, or too much for now, is surely not taken
 *   <li>a wish to be left alone is taken as seconds or as a date, within an hour
 *   <li>what is left of a quota becomes a rate, in every form in which it is said; nonsense says nothing
 * </ul>
 */
final class HttpOutcomesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void deliveredIs(int status) {
        assertThat(outcome(status)).isEqualTo(new Outcome.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 304, 403, 408, 425, 500, 502, 503, 504, 599, 600, 999})
    void laterIs(int status) {
        assertThat(outcome(status)).isEqualTo(new Outcome.RetryLater("the partner answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 404, 405, 409, 411, 413, 414, 415, 422, 431, 451})
    void rejectedIs(int status) {
        assertThat(outcome(status)).isEqualTo(new Outcome.Rejected("the partner answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410})
    void parkedIs(int status) {
        assertThat(outcome(status))
                .isEqualTo(new Outcome.Parked("the partner answered " + status, Outcome.Parked.Scope.CONNECTION));
    }

    @Test
    void noAnswerIsLaterAndSaysNothingOfThePace() {
        var none = new Exchange.Unanswered("no connection", false);

        assertThat(HttpOutcomes.outcome(none)).isEqualTo(Outcome.RetryLater.notTaken("no connection"));
        assertThat(HttpOutcomes.pace(none, NOW)).isEqualTo(Pace.UNSAID);
    }

    @Test
    void whatWasSentMayBeTakenWhateverCameOfIt() {
        var lost = new Exchange.Unanswered("no answer", true);

        assertThat(HttpOutcomes.outcome(lost)).isEqualTo(new Outcome.RetryLater("no answer"));
    }

    @Test
    void tooManyRequestsAreSurelyNotTaken() {
        assertThat(outcome(429)).isEqualTo(Outcome.RetryLater.notTaken("the partner answered 429"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|2026-11-21T06:42:11Z",
                " 7 |2026-11-21T06:40:18Z",
                "0|2026-11-21T06:40:11Z",
                "Sat, 21 Nov 2026 06:41:11 GMT|2026-11-21T06:41:11Z",
                "Sat, 21 Nov 2026 06:00:00 GMT|2026-11-21T06:40:11Z",
                "Sun, 21 Nov 2027 06:00:00 GMT|2026-11-21T07:40:11Z",
                "999999999|2026-11-21T07:40:11Z"
            })
    void aWishToBeLeftAloneIsTakenWithinAnHour(String value, Instant then) {
        assertThat(pace(503, "retry-after", value)).isEqualTo(Pace.notBefore(then));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "1.5", "Sat, 99 Nov 2026"})
    void nonsenseIsNoWish(String value) {
        assertThat(pace(503, "retry-after", value)).isEqualTo(Pace.UNSAID);
    }

    @Test
    void ofASuccessItIsNoWish() {
        assertThat(pace(202, "retry-after", "120")).isEqualTo(Pace.UNSAID);
    }

    @Test
    void tooManyRequestsSaysThatItIsTooFast() {
        assertThat(pace(429)).isEqualTo(new Pace(OptionalDouble.empty(), Optional.empty(), true));
        assertThat(pace(429, "retry-after", "1"))
                .isEqualTo(new Pace(OptionalDouble.empty(), Optional.of(NOW.plusSeconds(1)), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"default\";r=50;t=30|1.6666",
                "\"a\";r=600;t=60, \"b\";r=100;t=50|2",
                "limit=100, remaining=50, reset=5|10",
                "\"x\";t=10;r=5|0.5"
            })
    void whatIsLeftBecomesARate(String header, double rate) {
        Pace pace = pace(200, "ratelimit", header);

        assertThat(pace.callsPerSecond().orElseThrow()).isCloseTo(rate, org.assertj.core.data.Offset.offset(0.001));
        assertThat(pace.notBefore()).isEmpty();
    }

    @Test
    void olderHeadersSayTheSame() {
        assertThat(pace(200, "ratelimit-remaining", "50", "ratelimit-reset", "100")
                        .callsPerSecond())
                .hasValue(0.5);
        assertThat(pace(200, "x-ratelimit-remaining", "50", "x-ratelimit-reset", "100")
                        .callsPerSecond())
                .hasValue(0.5);
        assertThat(pace(
                                200,
                                "x-ratelimit-limit",
                                "250000",
                                "x-ratelimit-remaining",
                                "50",
                                "x-ratelimit-reset",
                                Long.toString(NOW.getEpochSecond() + 100))
                        .callsPerSecond())
                .hasValue(0.5);
        assertThat(pace(
                                200,
                                "x-ratelimit-remaining",
                                "50",
                                "x-ratelimit-reset",
                                Long.toString(NOW.toEpochMilli() + 100_000))
                        .callsPerSecond())
                .hasValue(0.5);
    }

    @Test
    void nothingLeftMeansToWait() {
        assertThat(pace(200, "ratelimit", "\"default\";r=0;t=30")).isEqualTo(Pace.notBefore(NOW.plusSeconds(30)));
        assertThat(pace(200, "x-ratelimit-remaining", "0", "x-ratelimit-reset", "90000"))
                .isEqualTo(Pace.notBefore(NOW.plusSeconds(3600)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lots", "\"default\";r=;t=30", "\"default\";r=50", "r=50;t=-1", "r=99999999999999999;t=1"})
    void nonsenseSaysNothing(String header) {
        assertThat(pace(200, "ratelimit", header)).isEqualTo(Pace.UNSAID);
    }

    private static Outcome outcome(int status) {
        return HttpOutcomes.outcome(answered(status));
    }

    private static Pace pace(int status, String... headers) {
        return HttpOutcomes.pace(answered(status, headers), NOW);
    }

    private static Exchange.Answered answered(int status, String... headers) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Exchange.Answered(
                status, map, "<html>no</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
    }
}
