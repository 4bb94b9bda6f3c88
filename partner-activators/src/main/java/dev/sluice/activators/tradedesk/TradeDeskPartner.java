package dev.sluice.activators.tradedesk;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.Endpoint;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Request;
import dev.sluice.activators.identity.DeviceIds;
import dev.sluice.activators.identity.Traits;
import dev.sluice.activators.tradedesk.TradeDeskSettings.Id;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Tells The Trade Desk's Data API which data of an advertiser a person has: {@code POST /data/advertiser}. A membership has a
 * time to live there and is told again before it ends; leaving is a time to live of 0. Thread-safe.
 */
public final class TradeDeskPartner implements Partner {
    /** So that a request stays far below the size that is taken, and an answer that fails every line fits in ours. */
    static final int BATCH = 500;

    /** Names of data are made by their first use, in the advertiser's account. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,128}");

    private static final int MAX_ID = 512;

    private final PartnerHttp http;
    private final Secrets secrets;
    private final Clock clock;
    private final Function<String, Endpoint> endpoints;

    public TradeDeskPartner(PartnerHttp http, Secrets secrets, Clock clock) {
        this(http, secrets, clock, region -> new Endpoint("https://" + region + "-data.adsrvr.org"));
    }

    /** With other endpoints by region, for one that stands in for The Trade Desk. */
    public TradeDeskPartner(PartnerHttp http, Secrets secrets, Clock clock, Function<String, Endpoint> endpoints) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.endpoints = endpoints;
    }

    @Override
    public String name() {
        return "tradedesk";
    }

    /** The Trade Desk publishes no number; its answers slow this down. */
    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(BATCH, 4, 20, Endpoint.CALL);
    }

    @Override
    public Optional<String> problem(Connection connection) {
        Optional<String> settings = AudienceCall.problem(() -> TradeDeskSettings.parse(connection.settings()));
        if (settings.isPresent()) {
            return settings;
        }
        if (connection.secret().isEmpty()) {
            return Optional.of("tradedesk needs a secret");
        }
        boolean named = connection.audiences().isEmpty()
                || connection.audiences().get().values().stream()
                        .allMatch(name -> NAME.matcher(name).matches());
        return named ? Optional.empty() : Optional.of("names of data must match " + NAME.pattern());
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        Id id = TradeDeskSettings.parse(connection.settings()).identifier();
        Optional<String> value = Traits.text(shared, id.trait).flatMap(text -> switch (id) {
            case TDID, DAID -> DeviceIds.normal(text);
            case UID2, EUID, RAMP_ID -> Optional.of(text.strip()).filter(bare -> bare.length() <= MAX_ID);
        });
        return value.flatMap(text -> Recipient.text(Map.of(id.field, text)));
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return TradeDeskSettings.parse(connection.settings()).dryRun();
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
    public Optional<Duration> refreshesEvery(Connection connection) {
        return problem(connection).isPresent()
                ? Optional.empty()
                : Optional.of(TradeDeskSettings.parse(connection.settings()).refresh());
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> batch) {
        return AudienceCall.withSecret(secrets, connection, batch, secret -> {
            TradeDeskSettings settings = TradeDeskSettings.parse(connection.settings());
            byte[] body = body(settings, batch);
            var headers = new HashMap<>(TradeDeskSecret.parse(secret).header(body));
            headers.put("content-type", "application/json");
            headers.put("accept", "application/json");
            if (settings.dryRun()) {
                return Answer.all(batch.size(), Outcome.Skipped.dryRun("nothing was sent"), Pace.UNSAID);
            }
            Endpoint endpoint = endpoints.apply(settings.region());
            return read(
                    batch.size(),
                    http.call(new Request("POST", endpoint.at("/data/advertiser"), headers, body), endpoint.call()));
        });
    }

    private Answer read(int deliveries, Exchange exchange) {
        return switch (exchange) {
            case Exchange.Unanswered none -> HttpOutcomes.answer(deliveries, none, clock.instant());
            case Exchange.Answered answered -> {
                JsonAnswer body = JsonAnswer.of(answered);
                if (answered.status() != 200) {
                    yield TradeDeskErrors.refused(deliveries, answered, body, clock.instant());
                }
                Pace pace = HttpOutcomes.pace(answered, clock.instant());
                // A success is {} or has the list: an empty object is all that tells it from a page of someone else's.
                yield isJson(answered)
                        ? new Answer(TradeDeskErrors.taken(deliveries, body), pace)
                        : Answer.all(deliveries, new Outcome.RetryLater("the answer was not understood"), pace);
            }
        };
    }

    private static boolean isJson(Exchange.Answered answered) {
        return answered.whole() && JsonAnswer.isObject(answered.body());
    }

    /** One item a delivery, so that an item's number in an answer is a delivery's place. */
    private byte[] body(TradeDeskSettings settings, List<Delivery> batch) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty("AdvertiserId", settings.advertiser());
            settings.dataProvider().ifPresent(provider -> json.writeStringProperty("DataProviderId", provider));
            json.writeName("Items");
            json.writeStartArray();
            batch.forEach(delivery -> item(json, settings, delivery));
            json.writeEndArray();
        });
    }

    private void item(JsonGenerator json, TradeDeskSettings settings, Delivery delivery) {
        boolean entered = delivery.direction() == SegmentChange.Direction.ENTERED;
        json.writeStartObject();
        Recipient.names(delivery.recipient()).forEach(json::writeStringProperty);
        json.writeName("Data");
        json.writeStartArray();
        json.writeStartObject();
        json.writeStringProperty("Name", delivery.audience());
        // Of the telling, not of the entering: the time to live counts from here.
        json.writeStringProperty(
                "TimestampUtc", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeNumberProperty("TtlInMinutes", entered ? settings.timeToLive().toMinutes() : 0);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }
}
