package dev.sluice.activators.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.memory.MemoryFlow;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.LocalServer;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Promises: the request is the service's; its exceptions decide what comes next; one that throttles is told slower and is not
 * taken for ill; only whole numbers are addresses.
 */
class AwsSmsGatewayTest {
    private final SmsServer service = new SmsServer();
    private final PinnedHttp http = PinnedHttp.open(true);
    private final HandClock clock = new HandClock(Messages.NOW);
    private final SmsChannel channel = new SmsChannel(new AwsSmsGateway(
            new SignedHttp(http, StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")), clock),
            clock,
            region -> service.uri()));

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    @Test
    void sendsWhatTheServiceTakes() {
        assertThat(((Channel.Result.Answered) send()).outcome()).isEqualTo(new Outcome.Delivered());
        assertThat(service.received().getFirst().text())
                .isEqualTo(
                        "{\"DestinationPhoneNumber\":\"+15551234567\",\"OriginationIdentity\":\"GAME\",\"MessageBody\":\"Hi\","
                                + "\"MessageType\":\"PROMOTIONAL\",\"TimeToLive\":3600,\"Context\":{\"delivery\":"
                                + "\"msg_00112233445566778899aabbccddeeff\",\"campaign\":\"welcome\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, X, RetryLater",
        "InternalServerException, X, RetryLater",
        "ValidationException, INVALID_PARAMETER, Rejected",
        "ServiceQuotaExceededException, MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT, Parked",
        "AccessDeniedException, ACCOUNT_DISABLED, Parked",
        "ConflictException, LAST_PHONE_NUMBER, Parked",
    })
    void exceptionsDecideWhatComesNext(String exception, String reason, String outcome) {
        service.next(SmsServer.error(exception, reason));

        assertThat(((Channel.Result.Answered) send()).outcome().toString()).startsWith(outcome);
    }

    @Test
    void throttlingSlowsDownAndDoesNotOpenTheBreaker() {
        var flow = new MemoryFlow(clock);
        var id = new Flow.Id("demo", "welcome");
        var partner = new MessagePartner(channel, new MemoryMessageLog(), clock);
        Connection campaign = Messages.campaign(
                "sms", "{\"region\":\"eu-west-1\",\"originationIdentity\":\"GAME\",\"template\":{\"body\":\"Hi\"}}");
        List<Delivery> anna = List.of(Messages.delivery(partner, campaign, "{\"phone\":\"+15551234567\"}"));
        double stated = partner.limits().callsPerSecond();

        for (int i = 0; i < 20; i++) {
            service.next(SmsServer.error("ThrottlingException", "X"));
            flow.report(id, partner.limits(), Flow.Report.of(anna, partner.deliver(campaign, anna)));
        }

        assertThat(flow.standing(id, partner.limits()))
                .isEqualTo(new Flow.Standing(stated / 2, Instant.MIN, List.of()));
        clock.pass(Duration.ofSeconds(1));
        service.next(SmsServer.error("ThrottlingException", "X"));
        flow.report(id, partner.limits(), Flow.Report.of(anna, partner.deliver(campaign, anna)));
        assertThat(flow.standing(id, partner.limits()).callsPerSecond()).isEqualTo(stated / 4);
    }

    @Test
    void aSuccessThatIsNotTheServicesLeavesItInDoubt() {
        service.next(new LocalServer.Reply(
                200, Map.of("content-type", "text/html"), "<html>Sign in to this network</html>"));

        assertThat(send()).isInstanceOf(Channel.Result.InDoubt.class);
    }

    @Test
    void whoOptedOutAtTheServiceIsNotAskedAgain() {
        service.next(SmsServer.error("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"));

        assertThat(send()).isEqualTo(new Channel.Result.Gone());
    }

    @ParameterizedTest
    @CsvSource({"+1 (555) 123-4567, true", "5551234567, false", "+0155512345, false", "+1555, false", "call me, false"})
    void onlyWholeNumbersAreAddresses(String phone, boolean taken) {
        assertThat(channel.addresses(Messages.fields("{\"phone\":\"" + phone + "\"}")))
                .hasSize(taken ? 1 : 0)
                .allMatch("+15551234567"::equals);
    }

    /** One letter that is not of the short alphabet makes each message hold less than half. */
    @Test
    void whatWouldCostMoreThanFourMessagesIsNotSent() {
        assertThat(send("ł" + "a".repeat(268)))
                .isEqualTo(new Channel.Result.Answered(
                        new Outcome.Rejected("the text is longer than 4 text messages"), Pace.UNSAID));
        assertThat(service.received()).isEmpty();
        assertThat(((Channel.Result.Answered) send("a".repeat(612))).outcome()).isEqualTo(new Outcome.Delivered());
    }

    private Channel.Result send() {
        return send("Hi");
    }

    private Channel.Result send(String body) {
        return channel.send(Messages.message(
                Messages.campaign("sms", "{\"region\":\"eu-west-1\",\"originationIdentity\":\"GAME\"}"),
                "+15551234567",
                Map.of("body", body)));
    }
}
