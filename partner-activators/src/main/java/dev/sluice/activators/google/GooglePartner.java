package dev.sluice.activators.google;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.oauth.Token;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Adds people to audiences of Google's advertising products and removes them: {@code audienceMembers:ingest} and {@code
 * :remove} of the Data Manager API, up to 10,000 people a call. Thread-safe.
 */
public final class GooglePartner implements Partner {
    /** What one request takes. */
    static final int BATCH = 10_000;

    /** What an access token must be good for. */
    static final String SCOPE = "https://www.googleapis.com/auth/datamanager";

    private static final Pattern AUDIENCE = Pattern.compile("[0-9]{1,25}");

    private final PartnerHttp http;
    private final Secrets secrets;
    private final AccessTokens tokens;
    private final Clock clock;
    private final Endpoint endpoint;

    public GooglePartner(PartnerHttp http, Secrets secrets, AccessTokens tokens, Clock clock) {
        this(http, secrets, tokens, clock, new Endpoint("https://datamanager.googleapis.com"));
    }

    /** With another endpoint, for one that stands in for Google. */
    public GooglePartner(PartnerHttp http, Secrets secrets, AccessTokens tokens, Clock clock, Endpoint endpoint) {
        this.http = http;
        this.secrets = secrets;
        this.tokens = tokens;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "google";
    }

    /** 300 requests a minute of one project, less some air for others who use it. */
    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(BATCH, 2, 4, endpoint.call().plus(AccessTokens.CALL));
    }

    @Override
    public Optional<String> problem(Connection connection) {
        Optional<String> settings = AudienceCall.problem(() -> GoogleSettings.parse(connection.settings()));
        if (settings.isPresent()) {
            return settings;
        }
        if (connection.secret().isEmpty()) {
            return Optional.of("google needs a secret");
        }
        boolean claims = GoogleSettings.parse(connection.settings()).claimsConsent();
        if (claims && connection.consent().channels().isEmpty()) {
            return Optional.of("consent that the connection does not ask for cannot be claimed to Google");
        }
        boolean named = connection.audiences().isPresent()
                && connection.audiences().get().values().stream()
                        .allMatch(audience -> AUDIENCE.matcher(audience).matches());
        return named ? Optional.empty() : Optional.of("every segment must name an audience by its number");
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        return Recipient.text(GoogleMember.of(GoogleSettings.parse(connection.settings()), shared));
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return GoogleSettings.parse(connection.settings()).validateOnly();
    }

    @Override
    public boolean followsRecipients() {
        return true;
    }

    @Override
    public boolean hearsOfLeaving() {
        return true;
    }

    @Override
    public boolean oneAudienceACall() {
        return true;
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> batch) {
        return AudienceCall.withSecret(secrets, connection, batch, secret -> {
            GoogleSettings settings = GoogleSettings.parse(connection.settings());
            // A request holds one type of data; people who were named under other settings may be of the other type.
            return AudienceCall.apart(
                    batch,
                    delivery -> delivery.audience()
                            + (GoogleMember.isMobile(Recipient.names(delivery.recipient())) ? " mobile" : ""),
                    of -> tell(settings, secret, of));
        });
    }

    /**
     * A token that is not taken is asked for anew once: it may have been revoked before its time. All calls together take no
     * longer than one may.
     */
    private Answer tell(GoogleSettings settings, Secret secret, List<Delivery> batch) {
        Instant end = clock.instant().plus(endpoint.call());
        Answer answer = Answer.all(batch.size(), Outcome.RetryLater.notTaken("there was no time to call"), Pace.UNSAID);
        for (int attempt = 1; attempt <= 2; attempt++) {
            switch (tokens.token(secret, SCOPE)) {
                case Token.Refused refused -> {
                    return AudienceCall.parked(batch, refused.reason());
                }
                case Token.Unavailable unavailable -> {
                    return Answer.all(batch.size(), Outcome.RetryLater.notTaken(unavailable.reason()), Pace.UNSAID);
                }
                case Token.Granted token -> {
                    Duration left = Duration.between(clock.instant(), end);
                    if (!left.isPositive()) {
                        return answer;
                    }
                    Exchange exchange = http.call(request(settings, token, batch), left);
                    answer = read(settings, batch, exchange);
                    if (!(exchange instanceof Exchange.Answered answered) || answered.status() != 401) {
                        return answer;
                    }
                    tokens.forget(secret, SCOPE, token);
                }
            }
        }
        return answer;
    }

    private Request request(GoogleSettings settings, Token.Granted token, List<Delivery> batch) {
        Delivery first = batch.getFirst();
        boolean entering = first.direction() == SegmentChange.Direction.ENTERED;
        List<Map<String, String>> people = batch.stream()
                .map(delivery -> Recipient.names(delivery.recipient()))
                .toList();
        return new Request(
                "POST",
                endpoint.at(entering ? "/v1/audienceMembers:ingest" : "/v1/audienceMembers:remove"),
                Map.of(
                        "authorization", "Bearer " + token.bearer(),
                        "content-type", "application/json",
                        "accept", "application/json"),
                GoogleBody.of(settings, first.audience(), people, entering));
    }

    private Answer read(GoogleSettings settings, List<Delivery> batch, Exchange exchange) {
        return switch (exchange) {
            case Exchange.Unanswered none -> HttpOutcomes.answer(batch.size(), none, clock.instant());
            case Exchange.Answered answered -> {
                JsonAnswer body = JsonAnswer.of(answered);
                if (answered.status() != 200) {
                    yield GoogleErrors.refused(batch.size(), answered, body, clock.instant());
                }
                if (body.text("requestId").isEmpty() && !settings.validateOnly()) {
                    yield AudienceCall.byStatus(batch.size(), answered, clock.instant());
                }
                Outcome taken = settings.validateOnly()
                        ? Outcome.Skipped.dryRun("Google validated it and did nothing")
                        : new Outcome.Delivered();
                yield Answer.all(batch.size(), taken, HttpOutcomes.pace(answered, clock.instant()));
            }
        };
    }
}
