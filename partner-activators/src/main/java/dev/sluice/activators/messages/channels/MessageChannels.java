package dev.sluice.activators.messages.channels;

import dev.sluice.activators.Secrets;
import dev.sluice.activators.fcm.FcmChannel;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.MessagePartner;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.ses.SesChannel;
import dev.sluice.activators.sms.AwsSmsGateway;
import dev.sluice.activators.sms.SmsChannel;
import dev.sluice.activators.webpush.WebPushChannel;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The channels of messages as partners. Stateless. */
public final class MessageChannels {
    private MessageChannels() {}

    /**
     * What channels work with.
     *
     * @param standIn instead of the real service, on one machine
     */
    public record Services(
            PartnerHttp http,
            Secrets secrets,
            AwsCredentialsProvider credentials,
            MessageLog log,
            Clock clock,
            Optional<URI> standIn) {
        private MessagePartner over(Channel channel) {
            return new MessagePartner(channel, log, clock);
        }

        private SignedHttp signed() {
            return new SignedHttp(http, credentials, clock);
        }

        private Function<String, URI> regional(Function<String, URI> real) {
            return standIn.<Function<String, URI>>map(address -> region -> address)
                    .orElse(real);
        }
    }

    /** All of them. */
    public static List<MessagePartner> all(Services services) {
        return List.of(push(services), email(services), webPush(services), sms(services));
    }

    /** {@code push}: Firebase Cloud Messaging. */
    public static MessagePartner push(Services it) {
        var tokens = new AccessTokens(it.http(), it.clock());
        return it.over(new FcmChannel(
                it.http(), tokens, it.secrets(), it.clock(), it.standIn().orElse(FcmChannel.ADDRESS)));
    }

    /** {@code email}: Amazon SES. */
    public static MessagePartner email(Services it) {
        return it.over(new SesChannel(it.signed(), it.secrets(), it.clock(), it.regional(SesChannel.ADDRESS)));
    }

    /** {@code webpush}: the browsers' push services. */
    public static MessagePartner webPush(Services it) {
        return it.over(new WebPushChannel(
                it.http(),
                it.secrets(),
                it.clock(),
                endpoint -> WebPushChannel.KNOWN_SERVICES.test(endpoint)
                        || it.standIn()
                                .filter(address -> address.getAuthority().equals(endpoint.getAuthority()))
                                .isPresent()));
    }

    /** {@code sms}: AWS End User Messaging. */
    public static MessagePartner sms(Services it) {
        return it.over(new SmsChannel(new AwsSmsGateway(it.signed(), it.clock(), it.regional(AwsSmsGateway.ADDRESS))));
    }
}
