package dev.sluice.activators.meta;

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
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Adds people to Meta's Custom Audiences and removes them: {@code POST} and {@code DELETE /{audience}/users}, up to 10,000
 * people a call. Thread-safe.
 */
public final class MetaPartner implements Partner {
    /** What one request takes. */
    static final int BATCH = 10_000;

    private static final Pattern AUDIENCE = Pattern.compile("[0-9]{1,25}");

    private final PartnerHttp http;
    private final Secrets secrets;
    private final Clock clock;
    private final Endpoint endpoint;

    public MetaPartner(PartnerHttp http, Secrets secrets, Clock clock) {
        this(http, secrets, clock, new Endpoint("https://graph.facebook.com"));
    }

    /** With another endpoint, for one that stands in for Meta. */
    public MetaPartner(PartnerHttp http, Secrets secrets, Clock clock, Endpoint endpoint) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "meta";
    }

    /** Meta publishes no rate in calls a second, only shares of an hour's cost; its answers slow this down. */
    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(BATCH, 2, 5, endpoint.call());
    }

    @Override
    public Optional<String> problem(Connection connection) {
        Optional<String> settings = AudienceCall.problem(() -> MetaSettings.parse(connection.settings()));
        if (settings.isPresent()) {
            return settings;
        }
        if (connection.secret().isEmpty()) {
            return Optional.of("meta needs a secret");
        }
        boolean named = connection.audiences().isPresent()
                && connection.audiences().get().values().stream()
                        .allMatch(audience -> AUDIENCE.matcher(audience).matches());
        return named ? Optional.empty() : Optional.of("every segment must name a Custom Audience by its number");
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        MetaSettings settings = MetaSettings.parse(connection.settings());
        Map<String, String> names = new TreeMap<>();
        settings.keys()
                .forEach(key -> key.of(person, shared, settings.defaultCountry())
                        .ifPresent(value -> names.put(key.name(), value)));
        boolean found =
                names.keySet().stream().anyMatch(key -> MetaKey.valueOf(key).suffices())
                        || names.keySet().containsAll(List.of(MetaKey.FN.name(), MetaKey.LN.name()));
        return found ? Recipient.text(names) : Optional.empty();
    }

    @Override
    public boolean isDryRun(Connection connection) {
        return MetaSettings.parse(connection.settings()).dryRun();
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
            MetaSettings settings = MetaSettings.parse(connection.settings());
            MetaSecret ours = MetaSecret.parse(secret);
            return AudienceCall.byAudience(batch, of -> tell(settings, ours, of));
        });
    }

    private Answer tell(MetaSettings settings, MetaSecret secret, List<Delivery> batch) {
        List<Map<String, String>> people = batch.stream().map(MetaBody::person).toList();
        Delivery first = batch.getFirst();
        Request request = new Request(
                first.direction() == SegmentChange.Direction.ENTERED ? "POST" : "DELETE",
                endpoint.at("/" + settings.version() + "/" + first.audience() + "/users"),
                Map.of("content-type", "application/json", "accept", "application/json"),
                MetaBody.of(settings, secret, people));
        if (settings.dryRun()) {
            return Answer.all(batch.size(), Outcome.Skipped.dryRun("nothing was sent"), Pace.UNSAID);
        }
        return switch (http.call(request, endpoint.call())) {
            case Exchange.Unanswered none -> HttpOutcomes.answer(batch.size(), none, clock.instant());
            case Exchange.Answered answered -> read(answered, people);
        };
    }

    private Answer read(Exchange.Answered answered, List<Map<String, String>> people) {
        JsonAnswer body = JsonAnswer.of(answered);
        Optional<Outcome> blocked = MetaErrors.blocked(body);
        if (blocked.isPresent()) {
            return Answer.all(people.size(), blocked.get(), MetaErrors.pace(answered, clock.instant()));
        }
        boolean taken = answered.status() == 200 && body.whole("num_received").isPresent();
        return taken
                ? new Answer(outcomes(body, people), MetaErrors.pace(answered, clock.instant()))
                : MetaErrors.refused(people.size(), answered, body, clock.instant());
    }

    /** Meta counts the invalid ones and names some of them, by what we sent. */
    private static List<Outcome> outcomes(JsonAnswer body, List<Map<String, String>> people) {
        Outcome rejected = new Outcome.Rejected("Meta counted the entry as invalid");
        int invalid = body.whole("num_invalid_entries").orElse(0);
        List<String> samples = MetaErrors.samples(body);
        var outcomes = new ArrayList<Outcome>(people.size());
        for (Map<String, String> person : people) {
            boolean named = samples.stream().anyMatch(sample -> isNamed(person, sample));
            outcomes.add(invalid >= people.size() || (invalid > 0 && named) ? rejected : new Outcome.Delivered());
        }
        return outcomes;
    }

    /**
     * Whether a sample, one value or a whole row, is of this person. Only what can find a person names one: many live in the
     * same town. A short id of one's own may stand within another's hash, so it counts by itself only.
     */
    private static boolean isNamed(Map<String, String> person, String sample) {
        Map<String, String> names = new TreeMap<>(person);
        names.keySet().removeIf(key -> !MetaKey.valueOf(key).suffices());
        return names.isEmpty()
                ? person.values().stream().allMatch(sample::contains)
                : names.entrySet().stream()
                        .anyMatch(name -> name.getKey().equals(MetaKey.EXTERN_ID.name())
                                ? sample.equals(name.getValue())
                                : sample.contains(name.getValue()));
    }
}
