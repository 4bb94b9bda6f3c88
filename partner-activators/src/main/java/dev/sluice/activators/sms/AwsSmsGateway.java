package dev.sluice.activators.sms;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Services;
import dev.sluice.activators.messages.Settings;
import dev.sluice.activators.messages.aws.AwsError;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Text messages by AWS End User Messaging, <a
 * href="https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html">SendTextMessage</a>.
 */
public final class AwsSmsGateway implements SmsGateway {
    /** Where it answers in a region. */
    public static final Function<String, URI> ADDRESS =
            region -> URI.create("https://sms-voice." + region + ".amazonaws.com");

    private static final Duration CALL = Duration.ofSeconds(15);
    private static final long LEAST_TTL = 5;
    private static final long MOST_TTL = 259_200;

    private final SignedHttp http;
    private final InstantSource clock;
    private final Function<String, URI> address;

    /** @param address {@link #ADDRESS}, or that of another server in a test */
    public AwsSmsGateway(SignedHttp http, InstantSource clock, Function<String, URI> address) {
        this.http = http;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public Set<String> settings() {
        return Set.of("region", "originationIdentity", "configurationSet", "transactional");
    }

    @Override
    public void check(Settings settings) {
        settings.text("region", "[a-z]{2}(-[a-z]+)+-[0-9]");
        settings.text("originationIdentity", "[A-Za-z0-9_:/+-]{1,256}");
        if (settings.text("configurationSet").isPresent()) {
            settings.text("configurationSet", "[A-Za-z0-9_:/-]{1,256}");
        }
        if (!(settings.json().find("transactional").orElse(Value.of(false)) instanceof Value.Flag)) {
            settings.problem("transactional", "must be true or false");
        }
    }

    @Override
    public Channel.Result send(Message message) {
        Value.Fields settings = message.target().connection().settings();
        String region = settings.text("region");
        Instant now = clock.instant();
        var request = new PartnerHttp.Request(
                "POST",
                address.apply(region).resolve("/"),
                Map.of(
                        "content-type", "application/x-amz-json-1.0",
                        "x-amz-target", "PinpointSMSVoiceV2.SendTextMessage"),
                body(message, settings, now));
        Exchange exchange = http.call(request, "sms-voice", region, CALL);
        return switch (exchange) {
            case Exchange.Unanswered none -> Services.result(exchange, now);
            case Exchange.Answered answered -> result(answered, now);
        };
    }

    private static byte[] body(Message message, Value.Fields settings, Instant now) {
        boolean transactional = settings.find("transactional").equals(Optional.of(Value.of(true)));
        long seconds = Duration.between(now, message.until()).toSeconds();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("DestinationPhoneNumber", message.target().address());
            json.writeStringProperty("OriginationIdentity", settings.text("originationIdentity"));
            json.writeStringProperty("MessageBody", message.parts().getOrDefault("body", ""));
            json.writeStringProperty("MessageType", transactional ? "TRANSACTIONAL" : "PROMOTIONAL");
            json.writeNumberProperty("TimeToLive", Math.clamp(seconds, LEAST_TTL, MOST_TTL));
            settings.findText("configurationSet")
                    .ifPresent(name -> json.writeStringProperty("ConfigurationSetName", name));
            json.writeObjectPropertyStart("Context");
            json.writeStringProperty("delivery", message.id());
            json.writeStringProperty("campaign", message.target().connection().name());
            json.writeEndObject();
        });
    }

    private static Channel.Result result(Exchange.Answered answered, Instant now) {
        String error = AwsError.name(answered);
        String reason = AwsError.field(answered, "Reason");
        String said = "SMS: " + error + (reason.matches("[A-Z_]{1,64}") ? " " + reason : "");
        return switch (error) {
            case "ThrottlingException" -> Services.tooFast(said, answered, now);
            case "InternalServerException" -> Services.answered(new Outcome.RetryLater(said), answered, now);
            case "ConflictException" ->
                reason.equals("DESTINATION_PHONE_NUMBER_OPTED_OUT")
                        ? new Channel.Result.Gone()
                        : parked(said, answered, now);
            case "ServiceQuotaExceededException", "AccessDeniedException", "ResourceNotFoundException" ->
                parked(said, answered, now);
            case "ValidationException" -> Services.answered(new Outcome.Rejected(said), answered, now);
            default -> Services.taken(answered, "MessageId", now);
        };
    }

    private static Channel.Result parked(String reason, Exchange answered, Instant now) {
        return Services.answered(new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION), answered, now);
    }
}
