package dev.sluice.activators.braze;

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
import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import dev.sluice.model.Identifier;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * Tells Braze who is in which segment: a custom attribute for each segment, true from entering and false from leaving, by
 * {@code POST /users/track}. Thread-safe.
 */
public final class BrazePartner implements Partner {
    /** Contracts by monthly active users take 50 objects a request; the others take 75. */
    static final int BATCH = 50;

    private static final String EXTERNAL_ID = "external_id";
    private static final String ALIAS_NAME = "alias_name";
    private static final String ALIAS_LABEL = "alias_label";

    private final PartnerHttp http;
    private final Secrets secrets;
    private final Clock clock;
    private final Function<String, Endpoint> endpoints;

    public BrazePartner(PartnerHttp http, Secrets secrets, Clock clock) {
        this(http, secrets, clock, instance -> new Endpoint(BrazeSettings.address(instance)));
    }

    /** With other endpoints by instance, for one that stands in for Braze. */
    public BrazePartner(PartnerHttp http, Secrets secrets, Clock clock, Function<String, Endpoint> endpoints) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.endpoints = endpoints;
    }

    @Override
    public String name() {
        return "braze";
    }

    /** 3,000 requests in three seconds of one workspace, shared with its SDKs' servers and others: a tenth is ours. */
    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(BATCH, 8, 100, Endpoint.CALL);
    }

    @Override
    public PartnerLimits limits(Connection connection) {
        PartnerLimits usual = limits();
        if (problem(connection).isPresent()) {
            return usual;
        }
        int batch = BrazeSettings.parse(connection.settings()).batch();
        return new PartnerLimits(batch, usual.callsAtOnce(), usual.callsPerSecond(), usual.call());
    }

    @Override
    public Optional<String> problem(Connection connection) {
        Optional<String> settings = AudienceCall.problem(() -> BrazeSettings.parse(connection.settings()));
        if (settings.isPresent()) {
            return settings;
        }
        if (connection.secret().isEmpty()) {
            return Optional.of("braze needs a secret");
        }
        boolean named = connection.audiences().isPresent()
                && connection.audiences().get().values().stream().allMatch(BrazeAttribute::isFree);
        return named
                ? Optional.empty()
                : Optional.of("every segment must name a custom attribute, and none of a profile's own fields");
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        if (person.kind().equals(Identifier.USER)) {
            return Recipient.text(Map.of(EXTERNAL_ID, person.id()));
        }
        return BrazeSettings.parse(connection.settings())
                .aliasLabel()
                .flatMap(label -> Recipient.text(Map.of(ALIAS_NAME, person.id(), ALIAS_LABEL, label)));
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return BrazeSettings.parse(connection.settings()).dryRun();
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
    public Answer deliver(Connection connection, List<Delivery> batch) {
        return AudienceCall.withSecret(secrets, connection, batch, secret -> {
            BrazeSettings settings = BrazeSettings.parse(connection.settings());
            Endpoint endpoint = endpoints.apply(settings.instance());
            Request request = request(endpoint, settings, secret, batch);
            if (settings.dryRun()) {
                return Answer.all(batch.size(), Outcome.Skipped.dryRun("nothing was sent"), Pace.UNSAID);
            }
            return switch (http.call(request, endpoint.call())) {
                case Exchange.Unanswered none -> HttpOutcomes.answer(batch.size(), none, clock.instant());
                case Exchange.Answered answered -> BrazeErrors.answer(batch.size(), answered, clock.instant());
            };
        });
    }

    private static Request request(Endpoint endpoint, BrazeSettings settings, Secret secret, List<Delivery> batch) {
        String key = JsonText.readObject(secret.reveal().getBytes(StandardCharsets.UTF_8))
                .text("apiKey");
        return new Request(
                "POST",
                endpoint.at("/users/track"),
                Map.of(
                        "authorization", "Bearer " + key,
                        "content-type", "application/json",
                        "accept", "application/json"),
                JsonText.writeObject(json -> {
                    json.writeName("attributes");
                    json.writeStartArray();
                    batch.forEach(delivery -> attributes(json, settings, delivery));
                    json.writeEndArray();
                }));
    }

    /** One object a delivery, so that an object's place in an answer is a delivery's place. */
    private static void attributes(JsonGenerator json, BrazeSettings settings, Delivery delivery) {
        Map<String, String> names = Recipient.names(delivery.recipient());
        json.writeStartObject();
        if (names.containsKey(EXTERNAL_ID)) {
            json.writeStringProperty(EXTERNAL_ID, names.get(EXTERNAL_ID));
        } else {
            json.writeName("user_alias");
            json.writeStartObject();
            names.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        json.writeBooleanProperty("_update_existing_only", !settings.createProfiles());
        json.writeBooleanProperty(delivery.audience(), delivery.direction() == SegmentChange.Direction.ENTERED);
        json.writeEndObject();
    }
}
