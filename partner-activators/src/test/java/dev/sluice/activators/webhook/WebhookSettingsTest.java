package dev.sluice.activators.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PinnedHttp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises of a webhook's settings: what is wrong with them is said in words, without the address; where it is forbidden, or
 * without a secret, nothing is sent.
 */
@Timeout(240)
final class WebhookSettingsTest {
    private final Owner owner = new Owner();

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void nothingIsSentWhereItIsForbidden() {
        try (var guarded = PinnedHttp.open(false)) {
            WebhookPartner partner = owner.partner(guarded, Owner.PATIENT);

            assertThat(partner.problem(owner.connection(""))).contains("url: the address must begin with https");
            assertThat(partner.deliver(owner.connection(""), List.of(Samples.entered()))
                            .outcomes())
                    .containsExactly(Outcome.RetryLater.notTaken("egress refused: the address must begin with https"));
        }
        assertThat(owner.server.connections()).isZero();
    }

    @Test
    void withoutASecretNothingIsSent() {
        Secrets away = (account, name) -> {
            throw new UnreachableException("away", new IllegalStateException());
        };
        Secrets missing = (account, name) -> {
            throw new IllegalArgumentException("there is no secret");
        };
        Secrets wrong = (account, name) -> new Secrets.Secret("whsk_" + Owner.KEY);

        assertThat(outcome(away)).isEqualTo(Outcome.RetryLater.notTaken("the secret cannot be read now"));
        assertThat(outcome(missing))
                .isEqualTo(new Outcome.Parked("there is no secret", Outcome.Parked.Scope.CONNECTION));
        assertThat(outcome(wrong))
                .isEqualTo(new Outcome.Parked("the secret cannot be used", Outcome.Parked.Scope.CONNECTION));
        assertThat(owner.server.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|url is missing",
                "{\"url\":7}|url is missing",
                "{\"url\":\"https://a b/token\"}|url is not an address",
                "{\"url\":\"https://u:token@a.example/\"}|url: the address must hold neither user nor fragment",
                "{\"url\":\"http://a.example/\",\"signature\":\"rsa\"}|signature must be hmac or ed25519",
                "{\"url\":\"https://a.example/\",\"batch\":0}|batch must be a whole number from 1 to 100",
                "{\"url\":\"https://a.example/\",\"batch\":101}|batch must be a whole number from 1 to 100",
                "{\"url\":\"https://a.example/\",\"include\":\"email\"}|include must be a list of at most 20 names of traits",
                "{\"url\":\"https://a.example/\",\"include\":[1]}|include must be a list of at most 20 names of traits",
                "{\"url\":\"https://a.example/\",\"callsPerSecond\":0}|callsPerSecond must be a number from 0.1 to 1000",
                "{\"url\":\"https://a.example/\",\"x\":0}"
                        + "|settings of a webhook are batch, callsPerSecond, include, signature, url; there is another"
            })
    void whatIsWrongWithSettingsIsSaidInWords(String settings, String problem) {
        assertThat(owner.partner().problem(Owner.of(settings, Optional.of("webhook"))))
                .contains(problem);
    }

    @Test
    void settingsThatAreRightHaveNoProblem() {
        String url = "{\"url\":\"https://a.example:8443/hook?token=t\"";

        assertThat(owner.partner().problem(Owner.of(url + "}", Optional.of("webhook"))))
                .isEmpty();
        assertThat(owner.partner()
                        .problem(Owner.of(
                                url + ",\"signature\":\"ed25519\",\"batch\":100,\"include\":[\"email\"]}",
                                Optional.of("webhook"))))
                .isEmpty();
        assertThat(owner.partner().problem(Owner.of(url + "}", Optional.empty())))
                .contains("a webhook needs the name of its secret");
    }

    private Outcome outcome(Secrets secrets) {
        return owner.partner(secrets)
                .deliver(owner.connection(""), List.of(Samples.entered()))
                .outcomes()
                .getFirst();
    }
}
