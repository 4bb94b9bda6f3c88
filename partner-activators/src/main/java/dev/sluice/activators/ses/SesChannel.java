package dev.sluice.activators.ses;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.messages.AddressKey;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Part;
import dev.sluice.activators.messages.Services;
import dev.sluice.activators.messages.Settings;
import dev.sluice.activators.messages.UnsignedLinkException;
import dev.sluice.activators.messages.UnsubscribeToken;
import dev.sluice.activators.messages.aws.AwsError;
import dev.sluice.activators.messages.aws.SignedHttp;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * E-mail by <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html">SES' SendEmail</a>. SES
 * recognises no message that comes twice: one of which it is not known whether it was sent is not sent again. Every message
 * says how to unsubscribe, in its head as RFC 8058 has it and, by {@code unsubscribeUrl}, wherever a template names it.
 */
public final class SesChannel implements Channel {
    /** Where SES answers in a region. */
    public static final Function<String, URI> ADDRESS =
            region -> URI.create("https://email." + region + ".amazonaws.com");

    /** What accounts may send out of the sandbox at first; SES' own answers say when that is too much. */
    private static final PartnerLimits LIMITS = new PartnerLimits(1, 16, 14, Duration.ofSeconds(20));

    private static final Duration CALL = Duration.ofSeconds(15);
    /** Seven-bit local part, as SES takes it; nothing that means something in a list of addresses. */
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");

    private static final int LONGEST_EMAIL = 254;

    private final SignedHttp http;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Function<String, URI> address;

    /** @param address {@link #ADDRESS}, or that of another server in a test */
    public SesChannel(SignedHttp http, Secrets secrets, InstantSource clock, Function<String, URI> address) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public PartnerLimits limits() {
        return LIMITS;
    }

    @Override
    public List<Part> parts() {
        return List.of(
                new Part("subject", false, true, 500),
                new Part("text", false, true, 200_000),
                new Part("html", true, false, 500_000));
    }

    @Override
    public Set<String> settings() {
        return Set.of("from", "replyTo", "region", "configurationSet", "unsubscribeUrl");
    }

    @Override
    public void check(Connection connection, Settings settings) {
        settings.text("from", "[^\\p{Cntrl}]{1,200}");
        settings.text("region", "[a-z]{2}(-[a-z]+)+-[0-9]");
        // With its token it must fit into a header, of whose value SES takes 870 characters.
        settings.text("unsubscribeUrl", "https://[\\x21-\\x7e&&[^?#<>]]{1,300}");
        if (settings.text("replyTo").isPresent()) {
            settings.text("replyTo", EMAIL.pattern());
        }
        if (settings.text("configurationSet").isPresent()) {
            settings.text("configurationSet", "[A-Za-z0-9_-]{1,64}");
        }
    }

    @Override
    public List<String> addresses(Value.Fields traits) {
        return traits.find("email").orElse(Value.NOTHING) instanceof Value.Text(String email)
                        && email.length() <= LONGEST_EMAIL
                        && EMAIL.matcher(email.strip()).matches()
                ? List.of(email.strip())
                : List.of();
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Map<String, Object> provided(Target target) {
        return Map.of("unsubscribeUrl", unsubscribeUrl(target));
    }

    @Override
    public Result send(Message message) {
        String unsubscribe;
        try {
            unsubscribe = unsubscribeUrl(message.target());
        } catch (UnreachableException e) {
            return new Result.Answered(new Outcome.RetryLater("the secret cannot be read now"), Pace.UNSAID);
        } catch (UnsignedLinkException e) {
            return new Result.Answered(
                    new Outcome.Parked(String.valueOf(e.getMessage()), Outcome.Parked.Scope.CONNECTION), Pace.UNSAID);
        }
        String region = message.target().connection().settings().text("region");
        var request = new PartnerHttp.Request(
                "POST",
                address.apply(region).resolve("/v2/email/outbound-emails"),
                Map.of("content-type", "application/json"),
                SesEmailJson.write(message, unsubscribe));
        Exchange exchange = http.call(request, "ses", region, CALL);
        return switch (exchange) {
            case Exchange.Unanswered none -> Services.result(exchange, clock.instant());
            case Exchange.Answered answered -> result(answered);
        };
    }

    /**
     * What SES' exceptions mean, by the <a
     * href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors">list of
     * them</a>.
     */
    private Result result(Exchange.Answered answered) {
        String error = AwsError.name(answered);
        return switch (error) {
            case "AccountSuspendedException",
                    "SendingPausedException",
                    "MailFromDomainNotVerifiedException",
                    "NotFoundException" ->
                said(answered, new Outcome.Parked("SES: " + error, Outcome.Parked.Scope.CONNECTION));
            case "MessageRejected", "BadRequestException" -> said(answered, new Outcome.Rejected("SES: " + error));
            case "LimitExceededException" -> said(answered, new Outcome.RetryLater("SES: " + error));
            case "TooManyRequestsException", "ThrottlingException" ->
                Services.tooFast("SES: " + error, answered, clock.instant());
            default -> Services.taken(answered, "MessageId", clock.instant());
        };
    }

    private Result said(Exchange.Answered answered, Outcome outcome) {
        return Services.answered(outcome, answered, clock.instant());
    }

    private String unsubscribeUrl(Target target) {
        String account = target.person().account();
        var token = new UnsubscribeToken(
                account,
                AddressKey.of(account, name(), target.address()),
                target.topic(),
                target.connection().name());
        try {
            return target.connection().settings().text("unsubscribeUrl") + "?t="
                    + token.write(secrets.byName(account, UnsubscribeToken.SECRET));
        } catch (IllegalArgumentException e) {
            throw new UnsignedLinkException(String.valueOf(e.getMessage()));
        }
    }
}
