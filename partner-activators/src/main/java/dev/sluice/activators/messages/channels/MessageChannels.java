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
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The channels of messages as partners: {@code push}, {@code email}, {@code webpush}, {@code sms}. Stateless. */
public final class MessageChannels {
    private MessageChannels() {}

    /** All of them, as they reach the real services. */
    public static List<MessagePartner> all(Services services) {
        PartnerHttp http = services.http();
        Clock clock = services.clock();
        var signed = new SignedHttp(http, services.credentials(), clock);
        List<Channel> channels = List.of(
                new FcmChannel(http, new AccessTokens(http, clock), services.secrets(), clock, FcmChannel.ADDRESS),
                new SesChannel(signed, services.secrets(), clock, SesChannel.ADDRESS),
                new WebPushChannel(http, services.secrets(), clock, WebPushChannel.KNOWN_SERVICES),
                new SmsChannel(new AwsSmsGateway(signed, clock, AwsSmsGateway.ADDRESS)));
        return channels.stream()
                .map(channel -> new MessagePartner(channel, services.log(), clock))
                .toList();
    }

    /** What channels work with. */
    public record Services(
            PartnerHttp http, Secrets secrets, AwsCredentialsProvider credentials, MessageLog log, Clock clock) {}
}
