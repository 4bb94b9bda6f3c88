package dev.sluice.activators.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.audience.AudiencePartnerContract;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.identity.Hash;
import dev.sluice.model.Value;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises besides those of all: entries that Meta names as invalid are rejected and the others are not; a blocked audience is
 * parked and others go on; every error code of the table has its outcome.
 */
final class MetaPartnerTest extends AudiencePartnerContract {
    private final MetaServer meta = new MetaServer();

    @Test
    void entriesThatMetaNamesAreRejectedAndTheOthersAreNot() {
        meta.dislike(Hash.sha256("person1@example.com"));
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        new Outcome.Delivered(),
                        new Outcome.Rejected("Meta counted the entry as invalid"),
                        new Outcome.Delivered());
        assertThat(meta.peopleIn(audience(1))).isEqualTo(2);
    }

    /** A row that is named holds the town of everybody who lives there, and digits of somebody's own id. */
    @Test
    void whoHasSomethingInCommonWithANamedRowIsNotTakenForIt() {
        String town = Hash.sha256("berlin");
        String dana = Hash.sha256("dana@example.com");
        server().next(Reply.json(
                200,
                "{\"audience_id\":\"1\",\"num_received\":3,\"num_invalid_entries\":1,\"invalid_entry_samples\":{\"0\":\"["
                        + dana + ", " + town + "]\"}}"));
        List<Delivery> some = deliveries(3, "gold", Direction.ENTERED);
        String id = dana.substring(0, 2);
        List<Delivery> batch = List.of(
                named(some.get(0), Map.of("EMAIL", dana, "CT", town)),
                named(some.get(1), Map.of("EMAIL", Hash.sha256("eve@example.com"), "CT", town)),
                named(some.get(2), Map.of("EXTERN_ID", id)));

        assertThat(tell(batch).outcomes())
                .containsExactly(
                        new Outcome.Rejected("Meta counted the entry as invalid"),
                        new Outcome.Delivered(),
                        new Outcome.Delivered());
    }

    private static Delivery named(Delivery one, Map<String, String> names) {
        return new Delivery(
                one.id(),
                one.person(),
                one.segment(),
                one.audience(),
                one.direction(),
                one.at(),
                one.version(),
                one.ruleSet(),
                one.cause(),
                Recipient.text(names).orElseThrow());
    }

    @Test
    void ifAllAreInvalidAllAreRejectedEvenUnnamed() {
        server().next(Reply.json(
                200,
                "{\"audience_id\":\"1\",\"num_received\":2,\"num_invalid_entries\":2,\"invalid_entry_samples\":{}}"));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .allMatch(Outcome.Rejected.class::isInstance);
    }

    @Test
    void aBlockedAudienceIsParkedAndTheOthersGoOn() {
        meta.block(audience(1));
        var batch = new ArrayList<>(deliveries(1, "gold", Direction.ENTERED));
        batch.addAll(deliveries(1, "silver", Direction.ENTERED));
        List<Outcome> outcomes = tell(batch).outcomes();
        assertThat(outcomes.getFirst())
                .isEqualTo(new Outcome.Parked("Meta answered 400, code 100, subcode 1713230", Scope.AUDIENCE));
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void anOperationStatusOf471InTheBodyParksTheAudience() {
        server().next(Reply.json(
                200,
                "{\"audience_id\":\"1\",\"num_received\":1,\"num_invalid_entries\":0,"
                        + "\"operation_status\":{\"code\":471,\"description\":\"blocked\"}}"));
        assertThat(tell(deliveries(1, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(
                        new Outcome.Parked("the audience is blocked by Meta (operation_status 471)", Scope.AUDIENCE));
    }

    @ParameterizedTest
    @CsvSource({
        "400,4,0,later",
        "400,17,2446079,later",
        "400,613,1487742,later",
        "400,80003,0,later",
        "500,1,0,later",
        "500,2,0,later",
        "400,2650,0,later",
        "400,368,0,later",
        "401,190,463,connection",
        "400,190,0,connection",
        "400,102,0,connection",
        "403,10,0,audience",
        "403,200,0,audience",
        "400,294,0,audience",
        "400,100,33,audience",
        "400,100,1713228,audience",
        "400,100,1870034,audience",
        "400,100,0,rejected",
        "400,105,0,rejected",
        "400,99999,0,rejected",
        "503,99999,0,later",
    })
    void everyCodeHasItsOutcome(int status, int code, int subcode, String expected) {
        server().next(MetaServer.error(status, code, subcode, "text"));
        Outcome outcome =
                tell(deliveries(1, "gold", Direction.ENTERED)).outcomes().getFirst();
        assertThat(kind(outcome)).isEqualTo(expected);
    }

    @Test
    void theUsageHeaderSaysWhenToGoOn() {
        server().next(MetaServer.error(400, 80003, 2446079, "too many calls")
                .with(
                        "X-Business-Use-Case-Usage",
                        "{\"66782684\":[{\"type\":\"custom_audience\",\"call_count\":100,\"total_cputime\":20,"
                                + "\"total_time\":20,\"estimated_time_to_regain_access\":19},"
                                + "{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":0}]}"));
        Answer answer = tell(deliveries(1, "gold", Direction.ENTERED));
        assertThat(answer.outcomes())
                .containsExactly(Outcome.RetryLater.notTaken("Meta answered 400, code 80003, subcode 2446079"));
        assertThat(answer.pace().notBefore()).contains(NOW.plus(Duration.ofMinutes(19)));
        assertThat(answer.pace().tooFast()).isTrue();
    }

    @Test
    void aUsageHeaderThatNobodyUnderstandsSaysNothing() {
        for (String usage : List.of("", "x", "[]", "{\"1\":{}}", "{\"1\":[3]}", "{\"1\":[{}]}")) {
            server().next(Reply.json(200, "{\"num_received\":1,\"num_invalid_entries\":0}")
                    .with("X-Business-Use-Case-Usage", usage));
            assertThat(tell(deliveries(1, "gold", Direction.ENTERED)).pace().notBefore())
                    .isEmpty();
        }
    }

    @Override
    protected JudgingServer server() {
        return meta.server();
    }

    @Override
    protected Partner partner(Secrets secrets, Clock with, Duration call) {
        return new MetaPartner(http, secrets, with, new Endpoint(server().base(), call));
    }

    @Override
    protected Partner recorded(PartnerHttp recording, Secrets secrets) {
        return new MetaPartner(recording, secrets, clock);
    }

    @Override
    protected Secret secret() {
        return new Secret(
                "{\"accessToken\":\"" + MetaServer.TOKEN + "\",\"appSecret\":\"" + MetaServer.APP_SECRET + "\"}");
    }

    @Override
    protected Secret wrongSecret() {
        return new Secret("{\"accessToken\":\"old\",\"appSecret\":\"" + MetaServer.APP_SECRET + "\"}");
    }

    @Override
    protected Value.Fields settings(Map<String, Value> others) {
        return new Value.Fields(others);
    }

    @Override
    protected String audience(int number) {
        return "2385" + number;
    }

    @Override
    protected int peopleIn(String audience) {
        return meta.peopleIn(audience);
    }
}
