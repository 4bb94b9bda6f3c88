package dev.sluice.activators.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.LocalServer.Reply;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.Messages;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.oauth.TestServiceAccount;
import dev.sluice.model.activation.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: the request is FCM's, with the delivery's id where devices recognise a repetition; a device that is gone is told
 * from a wrong project; quotas slow down; a withdrawn token is renewed once; what nobody can send parks the campaign.
 */
class FcmChannelTest {
    private static final Connection CAMPAIGN =
            Messages.campaign("push", "{\"project\":\"my-game\",\"template\":{\"title\":\"t\",\"body\":\"b\"}}");

    private final FcmServer fcm = new FcmServer();
    private final PinnedHttp http = PinnedHttp.open(true);
    private final HandClock clock = new HandClock(Messages.NOW);
    private final Secrets.Secret account =
            new TestServiceAccount("push@example.com").file(fcm.uri().resolve("/token"));
    private final FcmChannel channel =
            new FcmChannel(http, new AccessTokens(http, clock), (owner, name) -> account, clock, fcm.uri());

    @AfterEach
    void close() {
        http.close();
        fcm.close();
    }

    /** https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages, read in November 2026. */
    @Test
    void sendsWhatFcmTakes() {
        fcm.register("device-1");

        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(delivered());
        assertThat(fcm.received().getLast().uri()).hasPath("/v1/projects/my-game/messages:send");
        assertThat(fcm.received().getLast().text())
                .isEqualTo(
                        "{\"message\":{\"token\":\"device-1\",\"notification\":{\"title\":\"Hi \\\"A\\\"\",\"body\":\"b\"},"
                                + "\"data\":{\"sluice_delivery\":\"msg_00112233445566778899aabbccddeeff\",\"sluice_campaign\":\"welcome\","
                                + "\"link\":\"game://shop\"},\"android\":{\"ttl\":\"3600s\",\"notification\":{\"tag\":"
                                + "\"msg_00112233445566778899aabbccddeeff\"}},\"apns\":{\"headers\":{\"apns-collapse-id\":"
                                + "\"msg_00112233445566778899aabbccddeeff\",\"apns-expiration\":\"1781096400\"}},"
                                + "\"fcm_options\":{\"analytics_label\":\"welcome\"}}}");
    }

    @Test
    void mayOnlyValidate() {
        fcm.register("device-1");
        Connection dry = Messages.campaign("push", "{\"project\":\"my-game\",\"validateOnly\":true}");

        assertThat(channel.isDryRun(dry)).isTrue();
        assertThat(channel.isDryRun(CAMPAIGN)).isFalse();
        assertThat(send(dry, "device-1")).isEqualTo(delivered());
        assertThat(fcm.received().getLast().text()).startsWith("{\"validate_only\":true,\"message\":");
    }

    @Test
    void aDeviceThatIsGoneIsToldFromAWrongProject() {
        assertThat(send(CAMPAIGN, "unknown")).isEqualTo(new Channel.Result.Gone());
        assertThat(send(CAMPAIGN, "malformed")).isEqualTo(new Channel.Result.Gone());
        assertThat(send(Messages.campaign("push", "{\"project\":\"other-game\"}"), "unknown"))
                .isEqualTo(answered(new Outcome.Rejected("the partner answered 404")));
    }

    @Test
    void quotasSlowDown() {
        fcm.register("device-1");
        send(CAMPAIGN, "device-1");
        Instant then = Messages.NOW.plusSeconds(30);
        fcm.next(FcmServer.error(429, "RESOURCE_EXHAUSTED", FcmServer.fcm("QUOTA_EXCEEDED"))
                .with("retry-after", "30"));
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(later("FCM: QUOTA_EXCEEDED", then));
        fcm.next(FcmServer.error(429, "RESOURCE_EXHAUSTED", FcmServer.fcm("QUOTA_EXCEEDED")));
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(later("FCM: QUOTA_EXCEEDED", then.plusSeconds(30)));
    }

    @Test
    void whatFcmCannotDoNowComesAgain() {
        fcm.register("device-1");
        send(CAMPAIGN, "device-1");
        fcm.next(FcmServer.error(503, "UNAVAILABLE", FcmServer.fcm("UNAVAILABLE")));
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(answered(new Outcome.RetryLater("the partner answered 503")));
        fcm.next(new Reply(502, Map.of("content-type", "text/html"), "<html>Bad gateway</html>"));
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(answered(new Outcome.RetryLater("the partner answered 502")));
        fcm.next(new Reply(200, Map.of("content-type", "text/html"), "<html>Sign in to this network</html>"));
        assertThat(send(CAMPAIGN, "device-1"))
                .isEqualTo(new Channel.Result.InDoubt("the answer was not understood", Pace.UNSAID));
        fcm.next(new Reply(0, Map.of(), ""));
        assertThat(send(CAMPAIGN, "device-1")).isInstanceOf(Channel.Result.InDoubt.class);
    }

    @Test
    void aWrongMessageIsRejected() {
        fcm.register("device-1");
        var wrong = Messages.message(CAMPAIGN, "device-1", Map.of("title", "t", "body", "b", "image", "no address"));

        assertThat(channel.send(wrong)).isEqualTo(answered(new Outcome.Rejected("FCM: INVALID_ARGUMENT")));
    }

    @Test
    void aWithdrawnTokenIsRenewedOnceAndThenTheCampaignIsParked() {
        fcm.register("device-1");
        send(CAMPAIGN, "device-1");
        fcm.withdraw();
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(delivered());

        fcm.next(FcmServer.error(401, "UNAUTHENTICATED", FcmServer.fcm("THIRD_PARTY_AUTH_ERROR")));
        assertThat(send(CAMPAIGN, "device-1")).isEqualTo(answered(parked("FCM: THIRD_PARTY_AUTH_ERROR")));
    }

    @Test
    void takesDevicesFromTheTrait() {
        assertThat(channel.addresses(Messages.fields("{\"deviceTokens\":[\"a\",\"b\",\"a\",7,\"with space\",\"\"]}")))
                .containsExactly("a", "b");
        assertThat(channel.addresses(Messages.fields("{\"deviceTokens\":\"a\"}")))
                .isEmpty();
    }

    @Test
    void settingsAreChecked() {
        var partner = new MessagePartner(channel, new MemoryMessageLog(), clock);

        assertThat(partner.problem(CAMPAIGN)).isEmpty();
        assertThat(partner.problem(Messages.campaign("push", "{\"template\":{\"title\":\"t\"}}")))
                .isEqualTo(Optional.of("project is missing; template.body is missing"));
    }

    private Channel.Result send(Connection campaign, String device) {
        return channel.send(
                Messages.message(campaign, device, Map.of("title", "Hi \"A\"", "body", "b", "link", "game://shop")));
    }

    private static Channel.Result delivered() {
        return answered(new Outcome.Delivered());
    }

    private static Channel.Result answered(Outcome outcome) {
        return new Channel.Result.Answered(outcome, Pace.UNSAID);
    }

    private static Outcome parked(String reason) {
        return new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION);
    }

    private static Channel.Result later(String reason, Instant then) {
        return new Channel.Result.Answered(
                new Outcome.RetryLater(reason), new Pace(Pace.UNSAID.callsPerSecond(), Optional.of(then), true));
    }
}
