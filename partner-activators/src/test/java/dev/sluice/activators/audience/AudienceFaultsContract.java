package dev.sluice.activators.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.http.NobodysPort;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises of every partner that keeps audiences when things go wrong: whatever answer comes, it becomes an outcome; one that
 * nobody understands is never a success; only what surely did not reach the partner says so; nothing that is wrong with us
 * looks like a fault of a person, and nothing of a person stands in a reason.
 */
public abstract class AudienceFaultsContract extends PartnerAndServer {
    private static final Duration IMPATIENT = Duration.ofMillis(400);

    @Test
    void aPageForPeopleIsRetried() {
        for (int status : new int[] {500, 502, 503, 302, 403, 400, 413, 200}) {
            server().next(Reply.html(status));
            assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                    .as("after " + status)
                    .hasSize(2)
                    .allMatch(outcome -> comesAgain(outcome, true));
        }
        server().next(Reply.html(404));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .as("no person is the reason of a page that is not there")
                .noneMatch(Outcome.Delivered.class::isInstance)
                .noneMatch(Outcome.Rejected.class::isInstance);
    }

    @Test
    void aSuccessThatNobodyUnderstandsIsNone() {
        for (String body :
                List.of("", "[]", "null", "OK", "{\"errors\":3}x", "{", "{\"FailedLines\":7,\"errors\":7}")) {
            server().next(Reply.json(200, body));
            assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                    .as(body)
                    .hasSize(2)
                    .allMatch(outcome -> comesAgain(outcome, true));
        }
        server().next(Reply.json(204, ""));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .allMatch(outcome -> comesAgain(outcome, true));
    }

    @Test
    void whoeverDoesNotAnswerInTimeIsAskedLater() {
        Partner impatient = partner((account, name) -> secret(), clock, IMPATIENT);
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        for (Reply reply : List.of(Reply.silence(), Reply.slowly())) {
            server().next(reply);
            assertThat(impatient.deliver(connection(), batch).outcomes())
                    .hasSize(2)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
    }

    @Test
    void whoeverIsNotThereIsAskedLater() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        Partner partner = partner();
        int port = server().base().getPort();
        server().close();
        try (var nobody = new NobodysPort(port)) {
            assertThat(nobody.uri("")).isEqualTo(server().base());
            assertThat(partner.deliver(connection(), batch).outcomes())
                    .hasSize(2)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
    }

    @Test
    void tooManyCallsSlowUsDown() {
        server().next(Reply.json(429, "{}").with("retry-after", "7"));
        Answer answer = tell(deliveries(2, "gold", Direction.ENTERED));
        assertThat(answer.outcomes()).hasSize(2).allMatch(outcome -> comesAgain(outcome, false));
        assertThat(answer.pace().tooFast()).isTrue();
        assertThat(answer.pace().notBefore()).contains(NOW.plusSeconds(7));
    }

    @Test
    void aSecretThatIsNotTakenParksTheConnection() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        assertParked(partner((account, name) -> wrongSecret(), clock, CALL).deliver(connection(), batch));
        assertThat(peopleIn(audience(1))).isZero();
    }

    @Test
    void aSecretOfAnotherFormParksTheConnectionAndDoesNotShow() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        int before = server().calls().size();
        for (String text : List.of("hush", "{}", "{\"hush\":\"hush\"}", "[\"hush\"]", "")) {
            assertParked(
                    partner((account, name) -> new Secret(text), clock, CALL).deliver(connection(), batch));
        }
        assertThat(server().calls()).hasSize(before);
    }

    @Test
    void aSecretThatIsMissingParksAndOneThatCannotBeReadNowWaits() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        Secrets none = (account, name) -> {
            throw new IllegalArgumentException("no secret " + name);
        };
        assertParked(partner(none, clock, CALL).deliver(connection(), batch));
        Secrets away = (account, name) -> {
            throw new UnreachableException("away", new IllegalStateException());
        };
        assertThat(partner(away, clock, CALL).deliver(connection(), batch).outcomes())
                .hasSize(2)
                .allMatch(outcome -> comesAgain(outcome, false));
    }

    @Test
    void nothingOfAPersonStandsInAReason() {
        server().next(Reply.json(
                400,
                "{\"error\":{\"message\":\"Person0@Example.com is bad\",\"code\":100,"
                        + "\"status\":\"INVALID_ARGUMENT\"},\"message\":\"user-0 is bad\"}"));
        for (Outcome outcome : tell(deliveries(2, "gold", Direction.ENTERED)).outcomes()) {
            assertThat(outcome.toString()).doesNotContain("Example").doesNotContain("user-0");
        }
    }

    private static boolean comesAgain(Outcome outcome, boolean mayHaveIt) {
        return outcome instanceof Outcome.RetryLater later && later.mayHaveIt() == mayHaveIt;
    }
}
