package dev.sluice.activators.webhook;

import static dev.sluice.activators.http.Reply.endless;
import static dev.sluice.activators.http.Reply.html;
import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.http.NobodysPort;
import dev.sluice.activators.http.Reply;
import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of what becomes of a webhook's deliveries:
 *
 * <ul>
 *   <li>2xx is delivered; redirects (never followed), 408, 425, 429, 5xx and silence come again; 410 and 401 park the
 *       connection; all else is rejected
 *   <li>no answer, however slow or long, holds us beyond the limit
 * </ul>
 */
@Timeout(240)
final class WebhookAnswersTest {
    private final Owner owner = new Owner();

    @AfterEach
    void close() {
        owner.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 413, 422})
    void whatTheOwnerWillNeverTakeIsRejected(int status) {
        owner.server.always(status(status));

        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.Rejected("the partner answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410})
    void anOwnerWhoIsGoneOrDoesNotKnowUsParksTheConnection(int status) {
        owner.server.always(status(status));

        assertThat(owner.deliver(Samples.entered()))
                .isEqualTo(new Outcome.Parked("the partner answered " + status, Outcome.Parked.Scope.CONNECTION));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndComesAgain(int status) {
        owner.server.always(
                status(status, "location", owner.server.uri("/again").toString()));

        assertThat(owner.deliver(Samples.entered()))
                .isEqualTo(new Outcome.RetryLater("the partner answered " + status));
        assertThat(owner.server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 408, 425, 500, 502, 503, 504})
    void whatTheOwnerMayTakeLaterComesAgain(int status) {
        owner.server.always(status(status));

        assertThat(owner.deliver(Samples.entered()))
                .isEqualTo(new Outcome.RetryLater("the partner answered " + status));
    }

    @Test
    void whatIsTooMuchForTheOwnerNowIsSurelyNotTakenAndComesAgain() {
        owner.server.always(status(429));

        assertThat(owner.deliver(Samples.entered())).isEqualTo(Outcome.RetryLater.notTaken("the partner answered 429"));
    }

    @Test
    void anOwnerWhoAsksToBeLeftAloneIsHeard() {
        owner.server.always(status(503, "retry-after", "120"));

        assertThat(owner.answer(Owner.PATIENT, Samples.entered()).pace())
                .isEqualTo(Pace.notBefore(Owner.NOW.plusSeconds(120)));
    }

    @Test
    void aPageOfHtmlIsJudgedByItsStatusAndNeverRepeated() {
        owner.server.next(html(200, "<html>thanks</html>"), html(502, "<html>bad gateway</html>"));

        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());
        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.RetryLater("the partner answered 502"));
    }

    @Test
    void anAnswerWithoutEndIsHungUpOn() {
        owner.server.always(endless(200));

        assertThat(owner.deliver(Samples.entered())).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void silenceStallsAndDribblesComeAgain() {
        for (Reply slow : List.of(
                owner.server.silence(),
                owner.server.stalledBody(200),
                owner.server.dribble(200, Duration.ofMillis(20)))) {
            owner.server.next(slow);

            // Whether it was sent by then depends on the machine.
            assertThat(owner.answer(Duration.ofMillis(300), Samples.entered()).outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.RetryLater.class,
                            later -> assertThat(later.reason()).isEqualTo("no answer within PT0.3S"));
        }
    }

    @Test
    void anOwnerWhoIsAwayComesAgain() {
        try (var nobody = new NobodysPort()) {
            Connection away = Owner.of("{\"url\":\"" + nobody.uri("/hook") + "\"}", Optional.of("webhook"));

            assertThat(owner.partner().deliver(away, List.of(Samples.entered())).outcomes())
                    .containsExactly(Outcome.RetryLater.notTaken("no connection"));
        }
    }
}
