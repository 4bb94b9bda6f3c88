package dev.sluice.activators.webpush;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Part;
import dev.sluice.activators.messages.Services;
import dev.sluice.activators.messages.Settings;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Messages to browsers by RFC 8030. Endpoints are written by whoever uses the browser: only those of known push services are
 * used, and what one answers is never taken for what all would. A message that comes twice takes the first one's place while
 * it waits, by its {@code Topic}, and on the screen by its tag.
 */
public final class WebPushChannel implements Channel {
    /** The push services of the browsers in use. */
    public static final Predicate<URI> KNOWN_SERVICES = WebPushChannel::isKnown;

    private static final List<String> HOSTS = List.of(
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "web.push.apple.com",
            ".push.apple.com",
            ".notify.windows.com");
    private static final PartnerLimits LIMITS = new PartnerLimits(1, 32, 500, Duration.ofSeconds(15));
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final int LONGEST_SUBSCRIPTION = 2_000;
    private static final int TOPIC = 32;

    private final PartnerHttp http;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Predicate<URI> services;

    /** @param services which endpoints may be used: {@link #KNOWN_SERVICES}, or others in a test */
    public WebPushChannel(PartnerHttp http, Secrets secrets, InstantSource clock, Predicate<URI> services) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.services = services;
    }

    @Override
    public String name() {
        return "webpush";
    }

    @Override
    public PartnerLimits limits() {
        return LIMITS;
    }

    /** Together less than {@link Encryption#MOST_BYTES}, if most of it is not far from ASCII. */
    @Override
    public List<Part> parts() {
        return List.of(
                new Part("title", false, true, 100),
                new Part("body", false, true, 500),
                new Part("link", false, false, 300),
                new Part("icon", false, false, 300));
    }

    @Override
    public Set<String> settings() {
        return Set.of("subject");
    }

    @Override
    public void check(Connection connection, Settings settings) {
        settings.text("subject", "(mailto:|https://)[\\x21-\\x7e]{3,200}");
        if (connection.secret().isEmpty()) {
            settings.problem("secret", "of the connection is missing: the VAPID key pair");
        }
    }

    @Override
    public List<String> addresses(Value.Fields traits) {
        return traits.find("webPushSubscription").orElse(Value.NOTHING) instanceof Value.Text(String text)
                        && text.length() <= LONGEST_SUBSCRIPTION
                        && subscription(text).isPresent()
                ? List.of(text)
                : List.of();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Result send(Message message) {
        Optional<Subscription> to = subscription(message.target().address());
        if (to.isEmpty()) {
            return rejected("the subscription cannot be used");
        }
        Instant now = clock.instant();
        Connection connection = message.target().connection();
        Secrets.Secret secret;
        try {
            secret = secrets.byName(
                    message.target().person().account(), connection.secret().orElse(""));
        } catch (UnreachableException e) {
            return new Result.Answered(new Outcome.RetryLater("the secret cannot be read now"), Pace.UNSAID);
        } catch (IllegalArgumentException e) {
            return parked(String.valueOf(e.getMessage()));
        }
        try {
            String authorization = Vapid.authorization(
                    to.get().endpoint(), secret, connection.settings().text("subject"), now);
            byte[] payload = payload(message);
            if (payload.length > Encryption.MOST_BYTES) {
                return rejected("the message is longer than " + Encryption.MOST_BYTES + " bytes");
            }
            return call(message, to.get(), authorization, Encryption.encrypt(payload, to.get()));
        } catch (MalformedException | IllegalArgumentException e) {
            return parked("the VAPID keys cannot be used");
        } catch (GeneralSecurityException e) {
            return rejected("the subscription's key is none");
        }
    }

    private static Result parked(String reason) {
        return new Result.Answered(new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION), Pace.UNSAID);
    }

    private Result call(Message message, Subscription to, String authorization, byte[] body) {
        Instant now = clock.instant();
        long seconds = Math.max(0, Duration.between(now, message.until()).toSeconds());
        String topic = message.id().replaceAll("[^A-Za-z0-9]", "");
        Map<String, String> headers = Map.of(
                "content-type",
                "application/octet-stream",
                "content-encoding",
                "aes128gcm",
                "authorization",
                authorization,
                "ttl",
                Long.toString(seconds),
                "urgency",
                "normal",
                "topic",
                topic.substring(Math.max(0, topic.length() - TOPIC)));
        Exchange exchange = http.call(new PartnerHttp.Request("POST", to.endpoint(), headers, body), CALL);
        return switch (exchange) {
            case Exchange.Unanswered none -> Services.result(exchange, now);
            case Exchange.Answered answered -> result(answered, now);
        };
    }

    /** A browser that is gone answers 404 or 410; nothing that one endpoint says slows or parks the others. */
    private static Result result(Exchange.Answered answered, Instant now) {
        int status = answered.status();
        if (status == 404 || status == 410) {
            return new Result.Gone();
        }
        Outcome outcome = HttpOutcomes.outcome(answered);
        if (outcome instanceof Outcome.Parked || status == 403) {
            return rejected("the push service answered " + status);
        }
        if (outcome instanceof Outcome.RetryLater later) {
            outcome = new Outcome.RetryLater(
                    later.reason(), HttpOutcomes.pace(answered, now).notBefore());
        }
        return new Result.Answered(outcome, Pace.UNSAID);
    }

    private static byte[] payload(Message message) {
        return JsonText.writeObject(json -> {
            for (String part : new String[] {"title", "body", "link", "icon"}) {
                Optional.ofNullable(message.parts().get(part)).ifPresent(text -> json.writeStringProperty(part, text));
            }
            json.writeStringProperty("tag", message.id());
            json.writeStringProperty("campaign", message.target().connection().name());
        });
    }

    private Optional<Subscription> subscription(String text) {
        try {
            return Optional.of(Subscription.read(text)).filter(read -> services.test(read.endpoint()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(URI endpoint) {
        if (!"https".equals(endpoint.getScheme()) || endpoint.getPort() >= 0 || endpoint.getRawUserInfo() != null) {
            return false;
        }
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return HOSTS.stream().anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }

    private static Result rejected(String reason) {
        return new Result.Answered(new Outcome.Rejected(reason), Pace.UNSAID);
    }
}
