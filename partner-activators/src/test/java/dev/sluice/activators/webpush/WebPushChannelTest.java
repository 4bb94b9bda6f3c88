package dev.sluice.activators.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.LocalServer.Reply;
import dev.sluice.activators.messages.Messages;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: a push service takes what is sent, signed for it alone; a browser that is gone is gone; what one endpoint answers
 * neither parks nor slows the others; nothing is sent to an endpoint that is no known push service's.
 */
class WebPushChannelTest {
    private static final Connection CAMPAIGN =
            Messages.campaign("webpush", "{\"subject\":\"mailto:push@example.com\"}");

    private final PushServer service = new PushServer();
    private final PinnedHttp http = PinnedHttp.open(true);
    private final KeyPair browser = P256.generate();
    private final KeyPair own = P256.generate();
    private final WebPushChannel channel =
            new WebPushChannel(http, (account, name) -> secret(), () -> Messages.NOW, any -> true);

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    @Test
    void aPushServiceTakesIt() {
        assertThat(send("anna")).isEqualTo(answered(new Outcome.Delivered()));
        var received = service.received().getFirst();
        assertThat(received.headers())
                .containsEntry("ttl", "3600")
                .containsEntry("topic", "00112233445566778899aabbccddeeff")
                .containsEntry("content-encoding", "aes128gcm")
                .containsEntry("urgency", "normal");
        assertThat(received.text()).doesNotContain("Hi Anna");
    }

    @Test
    void aBrowserThatIsGoneIsGone() {
        service.leave("anna");

        assertThat(send("anna")).isEqualTo(new Channel.Result.Gone());
    }

    @Test
    void whatOneEndpointAnswersNeitherParksNorSlowsTheOthers() {
        service.next(new Reply(429, Map.of("retry-after", "60"), ""));
        assertThat(send("anna"))
                .isEqualTo(answered(
                        new Outcome.RetryLater("the partner answered 429", Optional.of(Messages.NOW.plusSeconds(60)))));
        service.next(new Reply(401, Map.of(), ""));
        assertThat(send("anna")).isEqualTo(answered(new Outcome.Rejected("the push service answered 401")));
        service.next(new Reply(403, Map.of(), ""));
        assertThat(send("anna")).isEqualTo(answered(new Outcome.Rejected("the push service answered 403")));
        service.next(new Reply(500, Map.of(), ""));
        assertThat(send("anna")).isEqualTo(answered(new Outcome.RetryLater("the partner answered 500")));
    }

    @Test
    void keysThatAreNoneParkTheCampaign() {
        var broken = new WebPushChannel(
                http,
                (account, name) -> new Secrets.Secret("{\"publicKey\":\"x\",\"privateKey\":\"\"}"),
                () -> Messages.NOW,
                any -> true);

        assertThat(broken.send(Messages.message(CAMPAIGN, subscription("anna"), Map.of("title", "t"))))
                .isEqualTo(
                        answered(new Outcome.Parked("the VAPID keys cannot be used", Outcome.Parked.Scope.CONNECTION)));
    }

    @Test
    void aSecretThatCannotBeReadNowIsReadLater() {
        var away = new WebPushChannel(
                http,
                (account, name) -> {
                    throw new UnreachableException("away", new IllegalStateException());
                },
                () -> Messages.NOW,
                any -> true);

        assertThat(away.send(Messages.message(CAMPAIGN, subscription("anna"), Map.of("title", "t"))))
                .isEqualTo(answered(new Outcome.RetryLater("the secret cannot be read now")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/abc, true",
        "https://updates.push.services.mozilla.com/wpush/v2/abc, true",
        "https://wns2-par02p.notify.windows.com/w/?token=abc, true",
        "https://web.push.apple.com/abc, true",
        "http://fcm.googleapis.com/fcm/send/abc, false",
        "https://fcm.googleapis.com:8443/abc, false",
        "https://fcm.googleapis.com@evil.example/abc, false",
        "https://fcm.googleapis.com.evil.example/abc, false",
        "https://evilnotify.windows.com/abc, false",
        "https://169.254.169.254/latest/meta-data, false",
        "https://localhost/abc, false",
    })
    void onlyKnownPushServicesAreUsed(String endpoint, boolean known) {
        assertThat(WebPushChannel.KNOWN_SERVICES.test(URI.create(endpoint))).isEqualTo(known);
    }

    @Test
    void whatIsNoSubscriptionIsNoAddress() {
        assertThat(channel.addresses(trait(subscription("anna")))).hasSize(1);
        assertThat(channel.addresses(trait("{\"endpoint\":\"https://fcm.googleapis.com/x\"}")))
                .isEmpty();
        assertThat(channel.addresses(trait("not json"))).isEmpty();
        var strict = new WebPushChannel(
                http, (account, name) -> secret(), () -> Messages.NOW, WebPushChannel.KNOWN_SERVICES);
        assertThat(strict.addresses(trait(subscription("anna")))).isEmpty();
    }

    /** Whoever uses the browser writes the key: one that is no point of the curve is that one person's mistake. */
    @Test
    void aKeyThatIsNoPointIsRejectedAndNothingIsSent() {
        byte[] point = P256.point((ECPublicKey) browser.getPublic());
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String good = base64.encodeToString(point);
        point[64] ^= 1;
        String off = subscription("anna").replace(good, base64.encodeToString(point));

        assertThat(off).isNotEqualTo(subscription("anna"));
        assertThat(channel.send(Messages.message(CAMPAIGN, off, Map.of("title", "t"))))
                .isEqualTo(answered(new Outcome.Rejected("the subscription's key is none")));
        assertThat(service.received()).isEmpty();
    }

    private static Value.Fields trait(String subscription) {
        return Value.Fields.NONE.with("webPushSubscription", Value.of(subscription));
    }

    private Channel.Result send(String name) {
        return channel.send(Messages.message(CAMPAIGN, subscription(name), Map.of("title", "Hi Anna", "body", "b")));
    }

    private String subscription(String name) {
        return service.subscription(name, browser, new byte[16]);
    }

    private Secrets.Secret secret() {
        byte[] scalar = ((ECPrivateKey) own.getPrivate()).getS().toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(32, scalar.length);
        System.arraycopy(scalar, scalar.length - length, padded, 32 - length, length);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] point = P256.point((ECPublicKey) own.getPublic());
        return new Secrets.Secret("{\"publicKey\":\"" + base64.encodeToString(Arrays.copyOf(point, point.length))
                + "\",\"privateKey\":\"" + base64.encodeToString(padded) + "\"}");
    }

    private static Channel.Result answered(Outcome outcome) {
        return new Channel.Result.Answered(outcome, Pace.UNSAID);
    }
}
