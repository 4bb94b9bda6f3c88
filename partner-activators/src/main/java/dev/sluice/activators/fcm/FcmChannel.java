package dev.sluice.activators.fcm;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Part;
import dev.sluice.activators.messages.Services;
import dev.sluice.activators.messages.Settings;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.oauth.Token;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Push messages by <a href="https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send">FCM's HTTP
 * v1</a>: one request a device. A message that comes twice takes the first one's place on the device: the delivery's id is
 * its tag on Android and its collapse id at Apple.
 */
public final class FcmChannel implements Channel {
    /** Where Google answers. */
    public static final URI ADDRESS = URI.create("https://fcm.googleapis.com");

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    /** Google takes 600,000 messages a minute of a project; its answers say when that is too much. */
    private static final PartnerLimits LIMITS = new PartnerLimits(1, 32, 500, Duration.ofSeconds(25));

    private static final Duration CALL = Duration.ofSeconds(10);
    private static final int MOST_DEVICES = 10;
    private static final int LONGEST_TOKEN = 800;

    private final PartnerHttp http;
    private final AccessTokens tokens;
    private final Secrets secrets;
    private final InstantSource clock;
    private final URI address;

    /** @param address {@link #ADDRESS}, or that of another server in a test */
    public FcmChannel(PartnerHttp http, AccessTokens tokens, Secrets secrets, InstantSource clock, URI address) {
        this.http = http;
        this.tokens = tokens;
        this.secrets = secrets;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public String name() {
        return "push";
    }

    @Override
    public PartnerLimits limits() {
        return LIMITS;
    }

    /** Together well below the 4,096 bytes that a message may have. */
    @Override
    public List<Part> parts() {
        return List.of(
                new Part("title", false, true, 100),
                new Part("body", false, true, 500),
                new Part("link", false, false, 300),
                new Part("image", false, false, 300));
    }

    @Override
    public Set<String> settings() {
        return Set.of("project", "validateOnly");
    }

    @Override
    public void check(Connection connection, Settings settings) {
        settings.text("project", "[a-z][a-z0-9-]{4,62}");
        if (!(settings.json().find("validateOnly").orElse(Value.of(false)) instanceof Value.Flag)) {
            settings.problem("validateOnly", "must be true or false");
        }
        if (connection.secret().isEmpty()) {
            settings.problem("secret", "of the connection is missing: the service account's JSON file");
        }
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return connection
                .settings()
                .find("validateOnly")
                .orElse(Value.of(false))
                .equals(Value.of(true));
    }

    @Override
    public List<String> addresses(Value.Fields traits) {
        Set<String> devices = new LinkedHashSet<>();
        if (traits.find("deviceTokens").orElse(Value.NOTHING) instanceof Value.Many(List<Value> all)) {
            for (Value device : all) {
                if (device instanceof Value.Text(String token)
                        && devices.size() < MOST_DEVICES
                        && token.length() <= LONGEST_TOKEN
                        && token.matches("[\\x21-\\x7e]+")) {
                    devices.add(token);
                }
            }
        }
        return List.copyOf(devices);
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Result send(Message message) {
        Connection connection = message.target().connection();
        Secrets.Secret secret;
        try {
            secret = secrets.byName(
                    message.target().person().account(), connection.secret().orElse(""));
        } catch (UnreachableException e) {
            return later("the secret cannot be read now");
        } catch (IllegalArgumentException e) {
            return parked(String.valueOf(e.getMessage()));
        }
        Result first = send(message, secret);
        // A token can be withdrawn before its end; one that is just given out cannot be too old.
        return isUnauthorised(first) ? send(message, secret) : first;
    }

    private static boolean isUnauthorised(Result result) {
        return result instanceof Result.Answered(Outcome.Parked(String reason, var scope), Pace pace)
                && reason.equals(FcmAnswer.UNAUTHENTICATED);
    }

    private Result send(Message message, Secrets.Secret secret) {
        return switch (tokens.token(secret, SCOPE)) {
            case Token.Refused(String reason) -> parked(reason);
            case Token.Unavailable(String reason) -> later(reason);
            case Token.Granted granted -> {
                Result result = call(message, granted);
                if (isUnauthorised(result)) {
                    tokens.forget(secret, SCOPE, granted);
                }
                yield result;
            }
        };
    }

    private Result call(Message message, Token.Granted token) {
        Instant now = clock.instant();
        var request = new PartnerHttp.Request(
                "POST",
                address.resolve("/v1/projects/"
                        + message.target().connection().settings().text("project") + "/messages:send"),
                Map.of("content-type", "application/json", "authorization", "Bearer " + token.bearer()),
                FcmMessageJson.write(message, now));
        Exchange exchange = http.call(request, CALL);
        return switch (exchange) {
            case Exchange.Unanswered none -> Services.result(exchange, now);
            case Exchange.Answered answered -> {
                Optional<Result> said = FcmAnswer.result(answered, now);
                yield said.orElseGet(() -> Services.result(exchange, now));
            }
        };
    }

    private static Result later(String reason) {
        return new Result.Answered(new Outcome.RetryLater(reason), Pace.UNSAID);
    }

    private static Result parked(String reason) {
        return new Result.Answered(new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION), Pace.UNSAID);
    }
}
