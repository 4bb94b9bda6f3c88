package dev.sluice.activators.tradedesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.audience.AudiencePartnerContract;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.model.Value;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises besides those of all: a failed line in a 200 is the
 * delivery of its number and no other; every code of a line has its outcome; a membership ends by itself if it is not told
 * again, and telling it again in time keeps it.
 */
final class TradeDeskPartnerTest extends AudiencePartnerContract {
    private final TradeDeskServer desk = new TradeDeskServer(clock);

    @Test
    void aFailedLineInA200IsTheDeliveryOfItsNumber() {
        desk.dislike("000000000001", "UserNotMapped");
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        new Outcome.Delivered(),
                        new Outcome.Rejected("The Trade Desk refused the line: UserNotMapped"),
                        new Outcome.Delivered());
        assertThat(desk.peopleIn(audience(1))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "MissingUserId,rejected",
        "UserNotMapped,rejected",
        "InvalidParameterFormat,rejected",
        "ItemDeserializationError,rejected",
        "Uid2Error,rejected",
        "DataNameTooLong,audience",
        "TargetingDataDisabled,audience",
        "TargetingDataCreationLimitExceeded,audience",
        "TargetingDataCountLimitExceeded,audience",
        "TenantRestrictionsExternalData,audience",
        "InvalidDataOwnerId,connection",
        "Unknown,later",
        "SomethingNew,later",
    })
    void everyCodeOfALineHasItsOutcome(String code, String expected) {
        desk.dislike(audience(1), code);
        Outcome outcome =
                tell(deliveries(1, "gold", Direction.ENTERED)).outcomes().getFirst();
        assertThat(kind(outcome)).isEqualTo(expected);
    }

    @Test
    void anAudienceThatIsDisabledDoesNotHoldTheOthersUp() {
        desk.dislike(audience(1), "TargetingDataDisabled");
        var batch = new ArrayList<>(deliveries(1, "gold", Direction.ENTERED));
        batch.addAll(deliveries(1, "silver", Direction.ENTERED));
        assertThat(tell(batch).outcomes())
                .containsExactly(
                        new Outcome.Parked("The Trade Desk refused the data: TargetingDataDisabled", Scope.AUDIENCE),
                        new Outcome.Delivered());
    }

    @Test
    void failedLinesThatNameNobodyAreNoSuccess() {
        for (String number : List.of("\"0\"", "\"4\"", "\"x\"", "null", "-1")) {
            server().next(Reply.json(
                    200, "{\"FailedLines\":[{\"ErrorCode\":\"UserNotMapped\",\"ItemNumber\":" + number + "}]}"));
            assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
    }

    @Test
    void aRequestThatIsRefusedForOneLineIsSentAgainWithoutIt() {
        server().next(Reply.json(
                400, "{\"FailedLines\":[{\"ErrorCode\":\"InvalidParameterFormat\",\"ItemNumber\":\"2\"}]}"));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        Outcome.RetryLater.notTaken("another line made the request fail"),
                        new Outcome.Rejected("The Trade Desk refused the line: InvalidParameterFormat"));
    }

    @ParameterizedTest
    @CsvSource({"403,connection", "413,later", "500,later", "503,later", "400,rejected"})
    void everyStatusHasItsOutcome(int status, String expected) {
        server().next(Reply.json(status, "{}"));
        Outcome outcome =
                tell(deliveries(1, "gold", Direction.ENTERED)).outcomes().getFirst();
        Class<? extends Outcome> kind = switch (expected) {
            case "connection" -> Outcome.Parked.class;
            case "rejected" -> Outcome.Rejected.class;
            default -> Outcome.RetryLater.class;
        };
        assertThat(outcome).isInstanceOf(kind);
    }

    @Test
    void aMembershipEndsByItselfAndTellingItAgainInTimeKeepsIt() {
        Duration every = partner().refreshesEvery(connection()).orElseThrow();
        assertThat(every).isEqualTo(Duration.ofDays(20));
        tell(deliveries(2, "gold", Direction.ENTERED));
        clock.pass(every);
        tell(deliveries(1, "gold", Direction.ENTERED));
        clock.pass(every);
        assertThat(desk.peopleIn(audience(1))).as("one was told again").isEqualTo(1);
        clock.pass(every);
        assertThat(desk.peopleIn(audience(1))).isZero();
    }

    @Test
    void threeDaysOfRetriesFitBetweenARefreshAndTheEnd() {
        for (long days = 10; days <= 180; days += 17) {
            var connection = connection(Map.of("ttlDays", Value.of(days)));
            assertThat(partner().problem(connection)).isEmpty();
            Duration every = partner().refreshesEvery(connection).orElseThrow();
            assertThat(Duration.ofDays(days).minus(every)).isGreaterThan(Duration.ofHours(75));
        }
        assertThat(partner().problem(connection(Map.of("ttlDays", Value.of(9)))))
                .isPresent();
        assertThat(partner().problem(connection(Map.of("ttlDays", Value.of(181)))))
                .isPresent();
    }

    @Test
    void aSignatureIsTakenAsWellAsAToken() {
        Partner signs = partner(
                (account, name) -> new Secret("{\"secretKey\":\"" + TradeDeskServer.SECRET_KEY + "\"}"),
                clock,
                Duration.ofSeconds(10));
        Answer answer = signs.deliver(connection(), deliveries(2, "gold", Direction.ENTERED));
        assertThat(answer.outcomes()).containsOnly(new Outcome.Delivered());
        assertParked(partner(
                        (account, name) -> new Secret("{\"secretKey\":\"a\",\"token\":\"b\"}"),
                        clock,
                        Duration.ofSeconds(10))
                .deliver(connection(), deliveries(1, "gold", Direction.ENTERED)));
    }

    @Test
    void aPersonWithoutTheIdIsNotTold() {
        assertThat(partner().recipient(connection(), person(1), Shared.NOTHING)).isEmpty();
        assertThat(partner().recipient(connection(Map.of("identifier", Value.of("UID2"))), person(1), shared(1)))
                .isEmpty();
    }

    @Override
    protected JudgingServer server() {
        return desk.server();
    }

    @Override
    protected Partner partner(Secrets secrets, Clock with, Duration call) {
        return new TradeDeskPartner(http, secrets, with, region -> new Endpoint(server().base(), call));
    }

    @Override
    protected Partner recorded(PartnerHttp recording, Secrets secrets) {
        return new TradeDeskPartner(recording, secrets, clock);
    }

    @Override
    protected Secret secret() {
        return new Secret("{\"token\":\"" + TradeDeskServer.TOKEN + "\"}");
    }

    @Override
    protected Secret wrongSecret() {
        return new Secret("{\"secretKey\":\"another\"}");
    }

    @Override
    protected Value.Fields settings(Map<String, Value> others) {
        var settings = new LinkedHashMap<String, Value>();
        settings.put("advertiserId", Value.of("abc123"));
        settings.put("identifier", Value.of("DAID"));
        settings.put("region", Value.of("euw"));
        settings.putAll(others);
        return new Value.Fields(settings);
    }

    @Override
    protected String audience(int number) {
        return "audience_" + number;
    }

    @Override
    protected int peopleIn(String audience) {
        return desk.peopleIn(audience);
    }
}
