package dev.sluice.activators.braze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.audience.AudiencePartnerContract;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises besides those of all: an object that Braze names in its errors is
 * rejected and no other; its rate headers are kept; a profile's own fields cannot be overwritten.
 */
final class BrazePartnerTest extends AudiencePartnerContract {
    private final BrazeServer braze = new BrazeServer();

    @Test
    void anObjectThatBrazeNamesIsRejectedAndNoOther() {
        braze.block("user-1");
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        new Outcome.Delivered(),
                        new Outcome.Rejected("Braze did not process the object"),
                        new Outcome.Delivered());
        assertThat(braze.peopleIn(audience(1))).isEqualTo(2);
    }

    @Test
    void aRequestThatIsRefusedForItsObjectsIsRejected() {
        braze.block("user-0");
        assertThat(tell(deliveries(1, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(new Outcome.Rejected("Braze answered 400"));
    }

    @Test
    void aRequestThatIsRefusedForOneObjectIsSentAgainWithoutIt() {
        server().next(Reply.json(
                400, "{\"message\":\"bad\",\"errors\":[{\"type\":\"x\",\"input_array\":\"attributes\",\"index\":0}]}"));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        new Outcome.Rejected("Braze answered 400"),
                        Outcome.RetryLater.notTaken("another object made the request fail"));
    }

    @Test
    void errorsThatNameNobodyAreNoSuccess() {
        for (String errors : List.of(
                "[\"minor error\"]",
                "[{}]",
                "[{\"index\":2}]",
                "[{\"index\":-1}]",
                "[{\"input_array\":\"events\",\"index\":0}]",
                "\"x\"")) {
            server().next(Reply.json(201, "{\"message\":\"success\",\"errors\":" + errors + "}"));
            assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                    .as(errors)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "202,'{\"message\":\"queued\"}',Delivered",
                "201,'{\"message\":\"success\",\"errors\":[]}',Delivered",
                "201,'{\"message\":\"fatal\"}',RetryLater",
                "401,'{\"message\":\"Invalid API key\"}',Parked",
                "403,'{\"message\":\"Forbidden\"}',Parked",
                "404,'{\"message\":\"Unknown REST API Key\"}',Parked",
                "400,'{\"message\":\"Bad syntax\"}',Rejected",
                "400,'<html>',RetryLater",
                "413,'{}',Rejected",
                "500,'{\"message\":\"x\"}',RetryLater",
            })
    void everyStatusHasItsOutcome(int status, String body, String expected) {
        server().next(Reply.json(status, body));
        assertThat(tell(deliveries(1, "gold", Direction.ENTERED))
                        .outcomes()
                        .getFirst()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void theRateHeadersAreKept() {
        long reset = NOW.plusSeconds(30).getEpochSecond();
        server().next(
                        Reply.json(201, "{\"message\":\"success\"}")
                                .with("X-RateLimit-Limit", "1000")
                                .with("X-RateLimit-Remaining", "300")
                                .with("X-RateLimit-Reset", "" + reset),
                        Reply.json(429, "{\"message\":\"Rate Limited\"}")
                                .with("X-RateLimit-Remaining", "0")
                                .with("X-RateLimit-Reset", "" + reset));
        Answer first = tell(deliveries(1, "gold", Direction.ENTERED));
        assertThat(first.outcomes()).containsExactly(new Outcome.Delivered());
        assertThat(first.pace().callsPerSecond()).isEqualTo(OptionalDouble.of(10));
        Answer second = tell(deliveries(1, "gold", Direction.ENTERED));
        assertThat(second.outcomes()).allMatch(Outcome.RetryLater.class::isInstance);
        assertThat(second.pace().notBefore()).contains(NOW.plusSeconds(30));
        assertThat(second.pace().tooFast()).isTrue();
    }

    @Test
    void peopleWithoutAUserIdAreToldOnlyUnderAnAlias() {
        PersonKey anonymous = PersonKey.ofAnonymous("demo", "a-1");
        assertThat(partner().recipient(connection(), anonymous, Shared.NOTHING)).isEmpty();
        assertThat(partner().recipient(connection(Map.of("aliasLabel", Value.of("sluice"))), anonymous, Shared.NOTHING))
                .contains("{\"alias_label\":\"sluice\",\"alias_name\":\"a-1\"}");
    }

    @Test
    void aContractThatTakesMoreObjectsIsSentMore() {
        assertThat(partner().limits(connection()).batch()).isEqualTo(50);
        assertThat(partner().limits(connection(Map.of("batch", Value.of(75)))).batch())
                .isEqualTo(75);
        assertThat(partner().problem(connection(Map.of("batch", Value.of(76))))).isPresent();
    }

    @Test
    void aProfilesOwnFieldsAreNoAttributes() {
        Connection good = connection();
        for (String name : List.of("email", "external_id", "_update_existing_only", "$x", "", "subscription_groups")) {
            var bad = new Connection(
                    "test",
                    "braze",
                    Optional.of(Map.of("gold", name)),
                    good.consent(),
                    good.secret(),
                    false,
                    good.settings());
            assertThat(partner().problem(bad))
                    .as(name)
                    .contains("every segment must name a custom attribute, and none of a profile's own fields");
        }
    }

    @Test
    void aSecretGoesOnlyToBraze() {
        assertThat(BrazeSettings.address("fra-01")).isEqualTo("https://rest.fra-01.braze.eu");
        assertThat(BrazeSettings.address("iad-05")).isEqualTo("https://rest.iad-05.braze.com");
        for (String instance : List.of("evil.example/", "iad-01.evil.example", "iad-1", "")) {
            assertThat(partner().problem(connection(Map.of("instance", Value.of(instance)))))
                    .isPresent();
        }
    }

    @Override
    protected JudgingServer server() {
        return braze.server();
    }

    @Override
    protected Partner partner(Secrets secrets, Clock with, Duration call) {
        return new BrazePartner(http, secrets, with, instance -> new Endpoint(server().base(), call));
    }

    @Override
    protected Partner recorded(PartnerHttp recording, Secrets secrets) {
        return new BrazePartner(recording, secrets, clock);
    }

    @Override
    protected Secret secret() {
        return new Secret("{\"apiKey\":\"" + BrazeServer.KEY + "\"}");
    }

    @Override
    protected Secret wrongSecret() {
        return new Secret("{\"apiKey\":\"another\"}");
    }

    @Override
    protected Value.Fields settings(Map<String, Value> others) {
        var settings = new LinkedHashMap<String, Value>();
        settings.put("instance", Value.of("fra-01"));
        settings.putAll(others);
        return new Value.Fields(settings);
    }

    @Override
    protected String audience(int number) {
        return "sluice_audience_" + number;
    }

    @Override
    protected int peopleIn(String audience) {
        return braze.peopleIn(audience);
    }
}
